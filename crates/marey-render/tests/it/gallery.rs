//! The gallery: small specs with their data, and the SVG that each gives, byte for byte.
//!
//! `MAREY_BLESS=1 cargo test -p marey-render gallery` writes the SVGs anew; look at them before
//! committing. With `MAREY_PNG=DIR` pictures are written there as well.

use std::{env, fs, path::Path};

use arrow::{array::ArrayRef, array::Int64Array};
use marey_core::{ChartSpec, FieldName};
use marey_render::{PngOptions, RenderOptions, Theme, render_svg, svg_to_png};
use marey_table::Table;

/// A table for specs that bring their own data.
pub fn no_table() -> Table {
    let column: ArrayRef = std::sync::Arc::new(Int64Array::from(Vec::<i64>::new()));
    Table::from_columns("none", vec![(FieldName::new("none"), column)]).expect("one column")
}

fn draw(name: &str, text: &str) -> String {
    let spec = ChartSpec::from_json_str(text)
        .unwrap_or_else(|error| panic!("{name}: {error}"))
        .value;
    let dark = name.ends_with("_dark");
    let options = RenderOptions {
        theme: if dark { Theme::dark() } else { Theme::light() },
        ..RenderOptions::default()
    };
    let drawn = match render_svg(&spec, &no_table(), &options) {
        Ok(drawn) => drawn,
        Err(error) if env::var_os("MAREY_PNG").is_some() => {
            eprintln!("{name}: {error:?}");
            return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"10\" height=\"10\"/>".into();
        }
        Err(error) => panic!("{name}: {error:?}"),
    };
    if env::var_os("MAREY_PNG").is_some() {
        for warning in &drawn.warnings {
            eprintln!("{name}: {warning}");
        }
    }
    drawn.value
}

#[test]
fn gallery_is_as_committed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gallery");
    let bless = env::var_os("MAREY_BLESS").is_some_and(|value| value == "1");
    let mut changed = Vec::new();
    let mut names: Vec<String> = fs::read_dir(&folder)
        .expect("the gallery's folder")
        .filter_map(|entry| {
            entry
                .ok()?
                .file_name()
                .to_str()?
                .strip_suffix(".vl.json")
                .map(str::to_owned)
        })
        .collect();
    names.sort();
    assert!(names.len() >= 20, "the gallery is not where it should be");
    for name in names {
        let text = fs::read_to_string(folder.join(format!("{name}.vl.json"))).expect("a readable spec");
        let svg = draw(&name, &text);
        assert_eq!(
            svg,
            draw(&name, &text),
            "{name} is drawn differently the second time"
        );
        let path = folder.join(format!("{name}.svg"));
        if let Some(pictures) = env::var_os("MAREY_PNG") {
            let options = PngOptions {
                scale: 1.5,
                ..PngOptions::default()
            };
            let png = svg_to_png(&svg, &options).expect("a picture");
            fs::write(Path::new(&pictures).join(format!("{name}.png")), png).expect("a writable folder");
        }
        if bless {
            fs::write(path, svg).expect("a writable gallery");
        } else if fs::read_to_string(path).ok().as_deref() != Some(&svg) {
            changed.push(name);
        }
    }
    assert!(
        changed.is_empty(),
        "these charts are drawn differently: {}; if that is right, run with MAREY_BLESS=1",
        changed.join(", ")
    );
}
