#!/usr/bin/env python3
"""Compares Marey with its peers on the same data in one run, as ratios.

  pip install duckdb vl-convert-python
  cargo build --release -p marey-benches --bin time_stage
  python benches/peers/compare.py [--csv FILE] [--runs 7]

Runs alternate between Marey and the peer, so that a drifting machine hits both alike.
"""
import argparse, json, pathlib, statistics, subprocess, tempfile, time

ROOT = pathlib.Path(__file__).resolve().parents[2]


def marey(program, stage, path, runs=1):
    out = subprocess.run([program, stage, str(path), str(runs)], check=True, capture_output=True, text=True)
    return json.loads(out.stdout)["ms"]


def timed(work):
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1e3


def show(what, ours, theirs, peer):
    ratios = [a / b for a, b in zip(ours, theirs)]
    print(f"{what}: marey {statistics.median(ours):.3f} ms, {peer} {statistics.median(theirs):.3f} ms (medians of {len(ours)}), "
          f"marey/{peer} {statistics.median(ratios):.3f} (from {min(ratios):.3f} to {max(ratios):.3f})")


def read_csv(program, path, runs):
    import duckdb
    connection = duckdb.connect(config={"threads": 2})
    query = f"CREATE OR REPLACE TABLE t AS SELECT * FROM read_csv('{path}', sample_size=-1)"
    connection.execute(query)
    ours, theirs = [], []
    for _ in range(runs):
        ours += marey(program, "read", path)
        theirs.append(timed(lambda: connection.execute(query)))
    show(f"read {path.name} ({path.stat().st_size / 1e6:.0f} MB) with full typing", ours, theirs, "duckdb")


def draw(program, spec, runs):
    import vl_convert
    text = spec.read_text()
    vl_convert.vegalite_to_svg(text)
    ours, theirs = [], []
    for _ in range(runs):
        ours.append(statistics.median(marey(program, "draw", spec, 50)))
        theirs.append(timed(lambda: vl_convert.vegalite_to_svg(text)))
    show("simple bar chart, JSON to SVG, warm", ours, theirs, "vl-convert")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--csv", type=pathlib.Path, help="a CSV to read; generated when absent")
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--program", default=str(ROOT / "target/release/time_stage"))
    arguments = parser.parse_args()
    if arguments.csv:
        read_csv(arguments.program, arguments.csv, arguments.runs)
    draw(arguments.program, ROOT / "benches/src/simple_bar.vl.json", arguments.runs)
