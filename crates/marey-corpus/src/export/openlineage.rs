//! [`events`]: OpenLineage run events.

use serde_json::{Value, json};

use super::{ModelRecord, PRODUCER, uuid};
use crate::{Digest, lineage::LineageNode};

const SCHEMA: &str = "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent";
const VERSION: &str = "https://openlineage.io/spec/facets/1-0-1/DatasetVersionDatasetFacet.json#/$defs/DatasetVersionDatasetFacet";
const STATISTICS: &str = "https://openlineage.io/spec/facets/1-0-0/InputStatisticsInputDatasetFacet.json#/$defs/InputStatisticsInputDatasetFacet";

/// Events of OpenLineage 2-0-2 for the runs that weights were made by: START and COMPLETE of each, with what was read
/// as inputs and, for the last, the weights as output. `namespace` is that of the jobs.
pub fn events(record: &ModelRecord, namespace: &str) -> Vec<Value> {
    let inputs: Vec<Value> = record
        .assets
        .iter()
        .map(|asset| {
            let mut input = dataset(&asset.node, namespace);
            if asset.rows > 0 {
                input["inputFacets"] = json!({ "inputStatistics": {
                    "_producer": PRODUCER, "_schemaURL": STATISTICS, "rowCount": asset.rows,
                }});
            }
            input
        })
        .collect();
    let mut events = Vec::new();
    for (number, run) in record.runs.iter().enumerate() {
        let id = uuid(&Digest::of_parts([
            run.name.as_bytes(),
            run.root.as_ref().map_or(&[][..], |root| root.as_bytes()),
        ]));
        // A run that wrote no record has no time; an event without one would say nothing.
        let Some((first, last)) = &run.between else {
            continue;
        };
        let is_last = number + 1 == record.runs.len();
        for (kind, time) in [("START", first), ("COMPLETE", last)] {
            let ended = kind == "COMPLETE";
            let outputs: Vec<Value> = (ended && is_last)
                .then(|| dataset(&record.node, namespace))
                .into_iter()
                .collect();
            events.push(json!({
                "eventType": kind,
                "eventTime": time,
                "run": { "runId": id },
                "job": { "namespace": namespace, "name": format!("train {}", run.name) },
                "inputs": inputs,
                "outputs": outputs,
                "producer": PRODUCER,
                "schemaURL": SCHEMA,
            }));
        }
    }
    events
}

fn dataset(node: &LineageNode, namespace: &str) -> Value {
    let mut dataset = json!({
        "namespace": namespace,
        "name": node.name.as_deref().unwrap_or(&node.id),
    });
    if let Some(digest) = &node.digest {
        dataset["facets"] = json!({ "version": {
            "_producer": PRODUCER, "_schemaURL": VERSION, "datasetVersion": digest,
        }});
    }
    dataset
}
