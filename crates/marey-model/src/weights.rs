//! Weights in files: safetensors with what they are of, checked when they are read.

use std::{
    collections::{BTreeMap, HashMap},
    fs,
    io::Write,
    path::Path,
};

use candle_core::{Device, Tensor};
use marey_features::{
    action::VOCABULARY, column::COLUMN_FEATURES_VERSION, request::VOCABULARY_VERSION, vector::VECTORS_VERSION,
};
use safetensors::{SafeTensors, tensor::TensorView};
use sha2::{Digest, Sha256};

use crate::{
    Calibration, ModelConfig, ModelError, Packing,
    network::shapes,
    packing::{Kept, pack, unpack},
    random::mix,
};

/// What a file of weights calls itself.
const FORMAT: &str = "marey-chart-model";
/// Version of the network's computations: weights of another mean nothing here.
const VERSION: &str = "3";
/// Largest file that is read.
const MAX_BYTES: u64 = 1 << 30;
/// What the calibration stands under.
const CALIBRATION: &str = "calibration";
/// What the digest of everything else in the file stands under.
const DIGEST: &str = "digest";

/// Named numbers with their shapes.
pub(crate) type Named = (String, Vec<usize>, Vec<f32>);

/// A number that changes when the grammar's vocabulary does.
fn grammar() -> String {
    let words = VOCABULARY.iter().flat_map(|token| {
        let mut word = token.to_string();
        word.push(' ');
        word.into_bytes()
    });
    format!(
        "{:016x}",
        words.fold(0u64, |hash, byte| mix(hash ^ u64::from(byte)))
    )
}

fn identity() -> [(&'static str, &'static str, String); 5] {
    [
        ("version", "the version", VERSION.to_owned()),
        ("grammar", "the grammar", grammar()),
        (
            "words",
            "the version of the words",
            VOCABULARY_VERSION.to_string(),
        ),
        (
            "features",
            "the version of the features",
            COLUMN_FEATURES_VERSION.to_string(),
        ),
        (
            "vectors",
            "the version of the word vectors",
            VECTORS_VERSION.to_string(),
        ),
    ]
}

/// The SHA-256 of what a file says and of its tensors in the order of their names.
fn digest<'a>(
    metadata: &BTreeMap<String, String>,
    tensors: impl Iterator<Item = (&'a str, String, &'a [u8])>,
) -> String {
    let mut hash = Sha256::new();
    let mut part = |bytes: &[u8]| {
        hash.update((bytes.len() as u64).to_le_bytes());
        hash.update(bytes);
    };
    for (key, value) in metadata.iter().filter(|(key, _)| *key != DIGEST) {
        part(key.as_bytes());
        part(value.as_bytes());
    }
    for (name, kind, bytes) in tensors {
        part(name.as_bytes());
        part(kind.as_bytes());
        part(bytes);
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The bytes of a file of weights, with notes for people beside what it must say.
pub(crate) fn write(
    config: &ModelConfig,
    tensors: &[Named],
    notes: &[(String, String)],
) -> Result<Vec<u8>, ModelError> {
    write_packed(config, tensors, notes, Packing::Full)
}

/// [`write`], with the numbers packed.
pub(crate) fn write_packed(
    config: &ModelConfig,
    tensors: &[Named],
    notes: &[(String, String)],
    packing: Packing,
) -> Result<Vec<u8>, ModelError> {
    let mut metadata: BTreeMap<String, String> = notes.iter().cloned().collect();
    metadata.insert(
        "config".into(),
        serde_json::to_string(config).map_err(|error| not_weights(error.to_string()))?,
    );
    for (key, _, value) in identity() {
        metadata.insert(key.into(), value);
    }
    let mut kept: Vec<(&str, Kept)> = tensors
        .iter()
        .map(|(name, shape, numbers)| (name.as_str(), pack(shape, numbers, packing)))
        .collect();
    kept.sort_by_key(|(name, _)| *name);
    let told = kept
        .iter()
        .map(|(name, (dtype, shape, bytes))| (*name, format!("{dtype:?} {shape:?}"), bytes.as_slice()));
    metadata.insert(DIGEST.into(), digest(&metadata, told));
    let mut views = Vec::with_capacity(kept.len());
    for (name, (dtype, shape, bytes)) in &kept {
        let view = TensorView::new(*dtype, shape.clone(), bytes);
        views.push((*name, view.map_err(|error| not_weights(error.to_string()))?));
    }
    // One entry, since the order of several would differ from file to file.
    let told = serde_json::to_string(&metadata).map_err(|error| not_weights(error.to_string()))?;
    let header = HashMap::from([(FORMAT.to_owned(), told)]);
    safetensors::serialize(views, Some(header)).map_err(|error| not_weights(error.to_string()))
}

fn not_weights(reason: impl Into<String>) -> ModelError {
    ModelError::NotWeights {
        reason: reason.into(),
    }
}

/// What a file of weights holds, before it is held against a network.
pub(crate) struct Contents {
    pub(crate) config: ModelConfig,
    pub(crate) metadata: BTreeMap<String, String>,
    pub(crate) tensors: Vec<Named>,
}

/// Reads the bytes of a file of weights and checks what it says of itself.
pub(crate) fn read(bytes: &[u8]) -> Result<Contents, ModelError> {
    let (_, header) = SafeTensors::read_metadata(bytes).map_err(|error| not_weights(error.to_string()))?;
    let told = header.metadata().as_ref().and_then(|header| header.get(FORMAT));
    let told = told.ok_or_else(|| not_weights("they do not say that they are"))?;
    let metadata: BTreeMap<String, String> =
        serde_json::from_str(told).map_err(|error| not_weights(error.to_string()))?;
    for (key, what, expected) in identity() {
        let found = metadata
            .get(key)
            .cloned()
            .unwrap_or_else(|| "not told".to_owned());
        if found != expected {
            return Err(ModelError::ForeignWeights {
                what,
                found,
                expected,
            });
        }
    }
    let config = metadata.get("config").map(String::as_str).unwrap_or_default();
    let config: ModelConfig = serde_json::from_str(config).map_err(|error| not_weights(error.to_string()))?;
    config.check()?;
    let file = SafeTensors::deserialize(bytes).map_err(|error| not_weights(error.to_string()))?;
    let mut views = file.tensors();
    views.sort_by(|(a, _), (b, _)| a.cmp(b));
    if let Some(expected) = metadata.get(DIGEST) {
        let told = views.iter().map(|(name, view)| {
            let kind = format!("{:?} {:?}", view.dtype(), view.shape());
            (name.as_str(), kind, view.data())
        });
        let found = digest(&metadata, told);
        if found != *expected {
            return Err(ModelError::Tampered {
                found,
                expected: expected.clone(),
            });
        }
    }
    let mut tensors = Vec::with_capacity(views.len());
    for (name, view) in views {
        let (shape, numbers) = unpack(&name, view.dtype(), view.shape(), view.data())?;
        if numbers.iter().any(|number| !number.is_finite()) {
            return Err(ModelError::NotFinite { name });
        }
        tensors.push((name, shape, numbers));
    }
    Ok(Contents {
        config,
        metadata,
        tensors,
    })
}

/// How scores become probabilities, as a file tells it; the network's own where it does not.
pub(crate) fn calibration(metadata: &BTreeMap<String, String>) -> Result<Calibration, ModelError> {
    let Some(told) = metadata.get(CALIBRATION) else {
        return Ok(Calibration::default());
    };
    let calibration: Calibration = serde_json::from_str(told)
        .map_err(|error| not_weights(format!("their calibration cannot be read: {error}")))?;
    match calibration.is_sound() {
        true => Ok(calibration),
        false => Err(not_weights(format!("their calibration is out of range: {told}"))),
    }
}

/// A file of weights again, with its numbers packed, some notes changed, and perhaps calibrated.
///
/// # Errors
///
/// When the bytes are no weights of a network of this version.
pub fn repack(
    bytes: &[u8],
    packing: Packing,
    calibration: Option<&Calibration>,
    notes: &BTreeMap<String, String>,
) -> Result<Vec<u8>, ModelError> {
    let mut contents = read(bytes)?;
    let own = take(&contents.config, &mut contents.tensors, "")?;
    let mut metadata = contents.metadata;
    metadata.extend(notes.clone());
    metadata.insert("packing".into(), packing.as_str().into());
    if let Some(calibration) = calibration {
        let told = serde_json::to_string(calibration).map_err(|error| not_weights(error.to_string()))?;
        metadata.insert(CALIBRATION.into(), told);
    }
    let notes: Vec<(String, String)> = metadata.into_iter().collect();
    write_packed(&contents.config, &own, &notes, packing)
}

/// The tensors of a network by name, taken out of a file's under a prefix; each must be there in its
/// shape, and none may be left.
pub(crate) fn take(
    config: &ModelConfig,
    tensors: &mut Vec<Named>,
    prefix: &str,
) -> Result<Vec<Named>, ModelError> {
    let (own, rest) = std::mem::take(tensors)
        .into_iter()
        .partition(|(name, ..)| name.starts_with(prefix));
    *tensors = rest;
    let mut own: Vec<Named> = own;
    let mut taken = Vec::new();
    for shape in shapes(config) {
        let name = format!("{prefix}{}", shape.name);
        let unfit = |found: String| ModelError::TensorShape {
            name: name.clone(),
            found,
            expected: format!("{:?}", shape.dims),
        };
        let Some(at) = own.iter().position(|(own, ..)| *own == name) else {
            return Err(unfit("none".to_owned()));
        };
        let (_, dims, numbers) = own.swap_remove(at);
        if dims != shape.dims {
            return Err(unfit(format!("{dims:?}")));
        }
        taken.push((shape.name, dims, numbers));
    }
    match own.first() {
        Some((name, dims, _)) => Err(ModelError::TensorShape {
            name: name.clone(),
            found: format!("{dims:?}"),
            expected: "none".to_owned(),
        }),
        None => {
            taken.sort_by(|a, b| a.0.cmp(&b.0));
            Ok(taken)
        }
    }
}

/// Tensors on a device.
pub(crate) fn tensors(named: Vec<Named>, device: &Device) -> Result<Vec<(String, Tensor)>, ModelError> {
    let tensor = |(name, shape, numbers): Named| Ok((name, Tensor::from_vec(numbers, shape, device)?));
    named.into_iter().map(tensor).collect()
}

/// Writes a file in one piece: a reader sees the old one or the new one, never half of it.
pub(crate) fn write_file(path: &Path, bytes: &[u8]) -> Result<(), ModelError> {
    let failed = |action, source| ModelError::File {
        action,
        path: path.display().to_string(),
        source,
    };
    let beside = path.with_extension("partial");
    let mut file = fs::File::create(&beside).map_err(|source| failed("create", source))?;
    file.write_all(bytes).map_err(|source| failed("write", source))?;
    file.sync_all().map_err(|source| failed("write", source))?;
    fs::rename(&beside, path).map_err(|source| failed("write", source))
}

/// Reads a file of weights, up to a gigabyte.
pub(crate) fn read_file(path: &Path) -> Result<Vec<u8>, ModelError> {
    let failed = |source| ModelError::File {
        action: "read",
        path: path.display().to_string(),
        source,
    };
    let length = fs::metadata(path).map_err(failed)?.len();
    if length > MAX_BYTES {
        return Err(not_weights(format!(
            "they have {length} bytes, at most {MAX_BYTES} are read"
        )));
    }
    fs::read(path).map_err(failed)
}
