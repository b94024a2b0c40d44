//! `marey render`: a spec drawn on a table.

use std::path::Path;

use anyhow::Context;
use marey::{
    ChartSpec, Table, Warned, chart_page,
    render::{PngOptions, RenderOptions, render_png, render_svg},
};

use crate::{arguments::RenderArguments, failure::BadUsage, input, output, report::theme};

/// Largest spec that is read; specs with their rows inside can be long.
const MAX_SPEC_BYTES: u64 = 256 * 1024 * 1024;

/// Draws and writes; the ending of the output decides the form.
pub fn run(arguments: RenderArguments) -> anyhow::Result<()> {
    let form = Form::of(&arguments.output)?;
    let spec = spec(&arguments.spec)?;
    let table = match &arguments.data {
        Some(path) => input::table(path, &arguments.read)?.value,
        None => Table::empty("inline"),
    };
    let options = RenderOptions {
        theme: theme(arguments.theme.as_deref())?,
        ..RenderOptions::default()
    };
    let png = PngOptions {
        scale: arguments.scale,
        ..PngOptions::default()
    };
    let bytes = match form {
        Form::Svg => warn(render_svg(&spec, &table, &options)?).into_bytes(),
        Form::Html => warn(chart_page(&spec, &table, &options)?).into_bytes(),
        Form::Png => warn(render_png(&spec, &table, &options, &png)?),
    };
    output::write(&arguments.output, &bytes)
}

/// What the drawing is written as.
enum Form {
    Svg,
    Png,
    Html,
}

impl Form {
    fn of(path: &Path) -> anyhow::Result<Self> {
        if path == Path::new("-") {
            return Ok(Form::Svg);
        }
        match path
            .extension()
            .map(|ending| ending.to_string_lossy().to_ascii_lowercase())
            .as_deref()
        {
            Some("svg") => Ok(Form::Svg),
            Some("png") => Ok(Form::Png),
            Some("html" | "htm") => Ok(Form::Html),
            _ => Err(BadUsage(format!(
                "-o {}: expected a file ending in .svg, .png or .html",
                path.display()
            ))
            .into()),
        }
    }
}

fn spec(path: &Path) -> anyhow::Result<ChartSpec> {
    let bytes = input::bytes(path, MAX_SPEC_BYTES)?;
    let text =
        std::str::from_utf8(&bytes).with_context(|| format!("`{}` is not UTF-8 text", path.display()))?;
    let spec = ChartSpec::from_json_str(text)
        .with_context(|| format!("`{}` is not a Vega-Lite spec that can be used", path.display()))?;
    for warning in &spec.warnings {
        eprintln!("marey: note: {warning}");
    }
    Ok(spec.value)
}

fn warn<T>(drawing: Warned<T, String>) -> T {
    for warning in &drawing.warnings {
        eprintln!("marey: note: {warning}");
    }
    drawing.value
}
