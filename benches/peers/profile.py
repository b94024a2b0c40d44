#!/usr/bin/env python3
"""Compares `marey profile` with DuckDB's SUMMARIZE on the same files: CPU seconds and peak memory of each process.

  pip install duckdb
  cargo build --release -p marey-cli --all-features
  python benches/peers/profile.py [--runs 3] FILE...

Runs alternate between Marey and the peer, so that a drifting machine hits both alike.
"""
import argparse, os, pathlib, statistics, subprocess, sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
SUMMARIZE = """
import duckdb, sys
reader = "read_parquet" if sys.argv[1].endswith(".parquet") else "read_csv"
duckdb.connect(config={"threads": 2}).execute(f"SUMMARIZE SELECT * FROM {reader}('{sys.argv[1]}')").fetchall()
"""


def cost(command):
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        sys.exit(f"{command[0]} ended with {child.returncode}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("files", nargs="+")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--program", default=str(ROOT / "target/release/marey"))
    arguments = parser.parse_args()
    for file in arguments.files:
        runs = [(cost([arguments.program, "profile", file]), cost([sys.executable, "-c", SUMMARIZE, file])) for _ in range(arguments.runs)]
        ratios = [ours[0] / theirs[0] for ours, theirs in runs]
        ours, theirs = ([statistics.median(run[side][what] for run in runs) for what in (0, 1)] for side in (0, 1))
        print(f"{file}: marey {ours[0]:.2f} CPU s, {ours[1]:.0f} MB; duckdb {theirs[0]:.2f} CPU s, {theirs[1]:.0f} MB; "
              f"CPU marey/duckdb {statistics.median(ratios):.2f} (from {min(ratios):.2f} to {max(ratios):.2f})")
