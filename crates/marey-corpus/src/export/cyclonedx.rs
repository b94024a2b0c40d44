//! [`ml_bom`]: a CycloneDX 1.6 bill of materials of a model.

use serde_json::{Map, Value, json};

use super::{ModelRecord, PRODUCER, WitnessedAsset, uuid};
use crate::{Digest, LicenceExpression, lineage::LineageNode};

/// A CycloneDX 1.6 machine-learning bill of materials (ECMA-424): the model with its card, each data set that the loader
/// witnessed as a `data` component with hash and licence, and what depends on what. `timestamp` is when it is
/// written, as RFC 3339.
pub fn ml_bom(record: &ModelRecord, timestamp: &str) -> Value {
    let digest = record
        .node
        .digest
        .unwrap_or_else(|| Digest::of(record.node.id.as_bytes()));
    let mut components: Vec<Value> = record.weights.iter().map(weights).collect();
    components.extend(record.assets.iter().map(data));
    let refs: Vec<&str> = record
        .weights
        .iter()
        .map(|node| node.id.as_str())
        .chain(record.assets.iter().map(|asset| asset.node.id.as_str()))
        .collect();
    json!({
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": format!("urn:uuid:{}", uuid(&digest)),
        "version": 1,
        "metadata": {
            "timestamp": timestamp,
            "tools": { "components": [{ "type": "application", "name": "marey", "version": env!("CARGO_PKG_VERSION") }] },
            "component": model(record),
        },
        "components": components,
        "dependencies": [{ "ref": record.node.id, "dependsOn": refs }],
    })
}

fn model(record: &ModelRecord) -> Value {
    let mut component = weights(&record.node);
    let datasets: Vec<Value> = record
        .assets
        .iter()
        .map(|asset| json!({ "ref": asset.node.id }))
        .collect();
    let mut properties = vec![property("marey:fence", &record.fence().to_string())];
    if let Some(claim) = &record.claim {
        properties.push(property("marey:lineage_root", &claim.root.to_string()));
        properties.push(property("marey:audit_head", &claim.audit_head.to_string()));
        properties.push(property("marey:policy", &claim.inputs.policy.to_string()));
        properties.push(property("marey:code", &claim.inputs.code));
        properties.push(property("marey:config", &claim.inputs.config.to_string()));
        properties.push(property("marey:seed", &claim.inputs.seed.to_string()));
    }
    for (digest, reason) in &record.withdrawn {
        properties.push(property("marey:withdrawn", &format!("{digest}: {reason}")));
    }
    if let Some(members) = component.as_object_mut() {
        members.insert(
            "modelCard".into(),
            json!({ "modelParameters": { "datasets": datasets } }),
        );
        members.insert("properties".into(), Value::Array(properties));
        members.insert(
            "externalReferences".into(),
            json!([{ "type": "website", "url": PRODUCER }]),
        );
    }
    component
}

fn weights(node: &LineageNode) -> Value {
    component("machine-learning-model", node)
}

fn component(kind: &str, node: &LineageNode) -> Value {
    let mut members = Map::new();
    members.insert("type".into(), json!(kind));
    members.insert("bom-ref".into(), json!(node.id));
    members.insert("name".into(), json!(node.name.as_deref().unwrap_or(&node.id)));
    if let Some(digest) = &node.digest {
        members.insert(
            "hashes".into(),
            json!([{ "alg": "SHA-256", "content": digest.hex() }]),
        );
    }
    if let Some(licence) = &node.licence {
        members.insert("licenses".into(), licences(licence));
    }
    Value::Object(members)
}

/// An expression where it is one, else a licence by the name that was found.
fn licences(written: &str) -> Value {
    if LicenceExpression::new(written).problem().is_none() {
        json!([{ "expression": written }])
    } else {
        json!([{ "license": { "name": written } }])
    }
}

fn data(asset: &WitnessedAsset) -> Value {
    let mut component = component("data", &asset.node);
    let decision = asset.decision.as_ref();
    let sensitive: Vec<String> = decision
        .iter()
        .flat_map(|decision| &decision.columns)
        .map(|column| {
            format!(
                "{} ({}, changed before reading)",
                column.column,
                column.personal.as_str()
            )
        })
        .collect();
    let mut described = Map::new();
    described.insert("type".into(), json!("dataset"));
    described.insert("name".into(), json!(asset.name()));
    if !sensitive.is_empty() {
        described.insert("sensitiveData".into(), json!(sensitive));
    }
    let mut properties = vec![property("marey:rows", &asset.rows.to_string())];
    for look in decision
        .and_then(|decision| decision.licence.as_ref())
        .iter()
        .flat_map(|claim| &claim.verified)
    {
        properties.push(property(
            "marey:licence-verified",
            &format!("{} on {}: {}", look.by, look.on, look.evidence),
        ));
    }
    if let Some(members) = component.as_object_mut() {
        members.insert("data".into(), json!([described]));
        members.insert("properties".into(), Value::Array(properties));
    }
    component
}

fn property(name: &str, value: &str) -> Value {
    json!({ "name": name, "value": value })
}
