//! Who answers: the chart model that comes with the program, other weights, or the design rules alone.

use std::path::Path;

use anyhow::Context;
use clap::Args;
use marey::model::Model;

/// Who writes charts.
#[derive(Args, Clone)]
pub struct ModelArguments {
    /// Who writes charts: pretrained (the weights that come with the program), rules (the design rules alone), a
    /// file of weights, or the folder of a training run
    #[arg(long = "model", value_name = "FILE|rules", default_value = "pretrained")]
    name: String,
}

impl ModelArguments {
    /// The model; none for the rules alone.
    pub fn open(&self) -> anyhow::Result<Option<Model>> {
        let path = Path::new(&self.name);
        Ok(match self.name.as_str() {
            "rules" => None,
            "pretrained" => Some(Model::pretrained()?),
            _ if path.is_dir() => Some(opened(&path.join("weights.safetensors"))?),
            _ => Some(opened(path)?),
        })
    }
}

fn opened(path: &Path) -> anyhow::Result<Model> {
    Model::from_file(path).with_context(|| format!("`{}` cannot be used as weights", path.display()))
}
