//! Drawing: a simple bar chart, and a scatter plot of many points.

use criterion::Criterion;
use marey::{
    ChartSpec, Table,
    render::{PngOptions, RenderOptions, render_png, render_svg},
};

pub fn bench(criterion: &mut Criterion) {
    let bar = ChartSpec::from_json_str(marey_benches::SIMPLE_BAR)
        .expect("the bench's specs are sound")
        .value;
    let none = Table::empty("none");
    let options = RenderOptions::default();
    criterion.bench_function("render/simple_bar_svg", |bencher| {
        bencher.iter(|| render_svg(&bar, &none, &options));
    });
    criterion.bench_function("render/simple_bar_from_json_svg", |bencher| {
        bencher.iter(|| {
            let spec = ChartSpec::from_json_str(marey_benches::SIMPLE_BAR)
                .expect("the bench's specs are sound")
                .value;
            render_svg(&spec, &none, &options)
        });
    });
    criterion.bench_function("render/simple_bar_png", |bencher| {
        bencher.iter(|| render_png(&bar, &none, &options, &PngOptions::default()));
    });

    let points = r#"{"mark":"point","encoding":{"x":{"field":"longitude","type":"quantitative","scale":{"zero":false}},"y":{"field":"latitude","type":"quantitative","scale":{"zero":false}},"color":{"field":"city","type":"nominal"}}}"#;
    let points = ChartSpec::from_json_str(points)
        .expect("the bench's specs are sound")
        .value;
    let table = super::orders(5_000);
    criterion.bench_function("render/scatter_5000_svg", |bencher| {
        bencher.iter(|| render_svg(&points, &table, &options));
    });
}
