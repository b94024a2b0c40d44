#!/usr/bin/env python3
"""Compares `marey profile` with other profilers on the same files: CPU seconds and peak memory of each process.

  pip install duckdb polars dataprof
  cargo build --release -p marey-cli --all-features
  python benches/peers/profile.py [--runs 3] [--peers duckdb,polars,dataprof] FILE...

Peers that do not get along with each other's packages have environments of their own:

  python -m venv whylogs && whylogs/bin/pip install 'numpy<2' 'pyarrow<18' 'setuptools<81' pandas whylogs
  python -m venv fg && fg/bin/pip install 'setuptools<81' pyarrow fg-data-profiling
  python benches/peers/profile.py --peers whylogs,fg --python whylogs=whylogs/bin/python --python fg=fg/bin/python FILE...

qsv (`cargo install qsv --features lite --bin qsvlite`) reads CSV only. Runs alternate between Marey and each peer, so that a
drifting machine hits both alike; starting Python and the peer is part of the peer's cost.
"""
import argparse, os, pathlib, shutil, statistics, subprocess, sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
# What comes nearest to a profile in each peer. Two threads each, where that can be told.
PEERS = {
    "duckdb": """
import duckdb, sys
reader = "read_parquet" if sys.argv[1].endswith(".parquet") else "read_csv"
duckdb.connect(config={"threads": 2}).execute(f"SUMMARIZE SELECT * FROM {reader}('{sys.argv[1]}')").fetchall()
""",
    # Statistics, exact distinct counts and the ten most frequent values of each column.
    "polars": """
import polars as pl, sys
f = sys.argv[1]
d = pl.read_csv(f, try_parse_dates=True) if f.endswith(".csv") else pl.read_parquet(f)
d.describe(); d.select(pl.all().n_unique())
for c in d.columns: d[c].value_counts(sort=True).head(10)
""",
    "dataprof": """
import dataprof, sys
dataprof.profile(sys.argv[1])
""",
    "whylogs": """
import logging, sys, pandas as pd, pyarrow.parquet as pq, whylogs as why
logging.disable(logging.WARNING)
f = sys.argv[1]
chunks = pd.read_csv(f, chunksize=100_000) if f.endswith(".csv") else (b.to_pandas() for b in pq.ParquetFile(f).iter_batches(100_000))
profile = None
for chunk in chunks:
    if profile is None: profile = why.log(chunk).profile()
    else: profile.track(chunk)
profile.view().to_pandas(); profile.view().serialize()
""",
    # The minimal mode: without correlations, interactions and samples.
    "fg": """
import sys, pandas as pd
from data_profiling import ProfileReport
f = sys.argv[1]
d = pd.read_csv(f) if f.endswith(".csv") else pd.read_parquet(f)
ProfileReport(d, minimal=True, progress_bar=False).to_json()
""",
}


def cost(command):
    environment = dict(os.environ, POLARS_MAX_THREADS="2", RAYON_NUM_THREADS="2", OMP_NUM_THREADS="2")
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment)
    error = child.stderr.read()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        sys.exit(f"{command[0]} ended with {child.returncode}: {error.decode()[-500:]}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def command(peer, file, pythons):
    if peer == "qsv":
        program = shutil.which("qsvlite") or shutil.which("qsv") or sys.exit("qsv is not installed")
        return [program, "stats", "--everything", "--jobs", "2", file]
    return [pythons.get(peer, sys.executable), "-c", PEERS[peer], file]


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("files", nargs="+")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--peers", default="duckdb")
    parser.add_argument("--python", action="append", default=[], metavar="PEER=PATH")
    parser.add_argument("--marey", default=f"{ROOT}/target/release/marey profile", help="what profiles a file; the library alone: "
                        "'target/release/examples/large_table profile'")
    arguments = parser.parse_args()
    pythons = dict(choice.split("=", 1) for choice in arguments.python)
    for file in arguments.files:
        for peer in arguments.peers.split(","):
            runs = [(cost([*arguments.marey.split(), file]), cost(command(peer, file, pythons))) for _ in range(arguments.runs)]
            ratios = [ours[0] / theirs[0] for ours, theirs in runs]
            ours, theirs = ([statistics.median(run[side][what] for run in runs) for what in (0, 1)] for side in (0, 1))
            print(f"{file}: marey {ours[0]:.2f} CPU s, {ours[1]:.0f} MB; {peer} {theirs[0]:.2f} CPU s, {theirs[1]:.0f} MB; "
                  f"CPU marey/{peer} {statistics.median(ratios):.3f} (from {min(ratios):.3f} to {max(ratios):.3f})", flush=True)
