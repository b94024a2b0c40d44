#!/usr/bin/env python3
"""Compares `marey insights` with its peers on the same generated tables in one run: what each says of planted
tables and of noise, and what it costs. A peer that is not there is left out and named.

  npm install --prefix PEERS @antv/ava                            # AntV AVA
  python -m venv PEERS/lux && PEERS/lux/bin/pip install lux-api 'pandas<2'  # Lux 0.5 needs it
  python -m venv PEERS/fg && PEERS/fg/bin/pip install fg-data-profiling
  python benches/peers/insights.py --bench DIR --score score.py --peers PEERS [--reference miner.py]

DIR is a folder of the generator: tables/, truth.jsonl, schema.jsonl. Scores come from its score.py, over the chosen
tables alone. CPU seconds are those of each process, without starting it where it reports its own.
"""
import argparse, json, os, pathlib, random, resource, shutil, subprocess, sys, tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]

# Lux ranks charts and claims nothing: its best ten charts of each tab count as claims of their columns.
LUX = """
import json, sys, time, warnings
warnings.filterwarnings("ignore")
out, sys.stdout = sys.stdout, sys.stderr
import pandas as pd, lux
for line in open(sys.argv[1]):
    entry = json.loads(line)
    frame = pd.read_csv(entry["path"]).drop(columns=["record_id"], errors="ignore")
    start = time.process_time()
    try:
        frame.maintain_recs()
        tabs = frame.recommendation
        for tab in tabs:
            for vis in list(tabs[tab])[:10]:
                columns = [c.attribute for c in vis._inferred_intent if c.attribute in frame.columns]
                kind = "correlation" if tab == "Correlation" else "descriptive"
                print(json.dumps({"table": entry["table"], "type": kind, "columns": columns, "score": float(vis.score)}), file=out)
    except Exception as error:
        print(error, file=sys.stderr)
    print(json.dumps({"table": entry["table"], "done": True, "seconds": time.process_time() - start}), file=out)
"""

# Alerts of the profiler that went by the names pandas-profiling and ydata-profiling.
FG = """
import json, sys, time, warnings
warnings.filterwarnings("ignore")
out, sys.stdout = sys.stdout, sys.stderr
import pandas as pd
try:
    from data_profiling import ProfileReport
except ImportError:
    from ydata_profiling import ProfileReport
KINDS = {"HIGH_CORRELATION": "correlation", "MISSING": "missingness", "DUPLICATES": "duplicates", "UNIFORM": "evenness", "SKEWED": "skew"}
for line in open(sys.argv[1]):
    entry = json.loads(line)
    frame = pd.read_csv(entry["path"]).drop(columns=["record_id"], errors="ignore")
    start = time.process_time()
    report = ProfileReport(frame, minimal=False, progress_bar=False, interactions=None, samples=None)
    for rank, alert in enumerate(report.description_set.alerts):
        name = alert.alert_type.name
        others = alert.values.get("fields", []) if isinstance(alert.values, dict) else []
        columns = [c for c in [alert.column_name, *others] if c]
        print(json.dumps({"table": entry["table"], "type": KINDS.get(name, "descriptive"), "columns": columns, "score": -rank}), file=out)
    print(json.dumps({"table": entry["table"], "done": True, "seconds": time.process_time() - start}), file=out)
"""


def chosen(bench, planted, nulls, seed):
    """Tables of the two strongest grades, of the mixed kind and of independent noise."""
    schemas = [json.loads(line) for line in open(bench / "schema.jsonl")]
    strong = [s for s in schemas if s["table"].startswith("one_") and ("_g3_" in s["table"] or "_g4_" in s["table"])]
    source = random.Random(seed)
    some = source.sample(strong, min(planted, len(strong)))
    noise = [s for s in schemas if s["table"].startswith("null_iid")][:nulls]
    return some + noise


def run(command, log):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with open(log, "w") as out:
        code = subprocess.run(command, stdout=out, stderr=subprocess.DEVNULL).returncode
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return code, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bench", type=pathlib.Path, required=True)
    parser.add_argument("--score", required=True, help="score.py of the generator")
    parser.add_argument("--peers", type=pathlib.Path, required=True)
    parser.add_argument("--reference", help="the scipy miner: called as `python miner.py BENCH --out PREFIX`")
    parser.add_argument("--program", default=str(ROOT / "target/release/marey"))
    parser.add_argument("--planted", type=int, default=40)
    parser.add_argument("--nulls", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    o = parser.parse_args()
    schemas = chosen(o.bench, o.planted, o.nulls, o.seed)
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        (folder / "tables").mkdir()
        names = {s["table"] for s in schemas}
        listing = folder / "tables.jsonl"
        with open(listing, "w") as out:
            for s in schemas:
                path = folder / "tables" / f"{s['table']}.csv"
                shutil.copy(o.bench / "tables" / path.name, path)
                out.write(json.dumps(dict(table=s["table"], path=str(path), date=s["date"],
                                          dimensions=s["dimensions"], measures=s["measures"])) + "\n")
        for name in ("schema.jsonl", "truth.jsonl"):
            with open(folder / name, "w") as out:
                out.writelines(line for line in open(o.bench / name) if json.loads(line)["table"] in names)
        claims = {name: folder / f"{name}.jsonl" for name in ("marey", "ava", "lux", "fg", "reference")}
        python = lambda venv: str(o.peers / venv / "bin/python")
        script = lambda text, name: (folder / name).write_text(text) and str(folder / name)
        commands = {
            "marey": [o.program, "insights", str(folder / "tables"), "--format", "json", "--claims", str(claims["marey"])],
            "ava": ["node", str(ROOT / "benches/peers/ava.mjs"), str(o.peers / "node_modules"), str(listing)],
            "lux": [python("lux"), script(LUX, "lux.py"), str(listing)],
            "fg": [python("fg"), script(FG, "fg.py"), str(listing)],
        }
        if o.reference:
            commands["reference"] = [sys.executable, o.reference, str(folder), "--out", str(folder / "ref")]
        for name, command in commands.items():
            log = folder / "log" if name in ("marey", "reference") else claims[name]
            try:
                code, cpu = run(command, log)
            except FileNotFoundError:
                print(f"== {name}: not installed"); continue
            if name == "reference" and (folder / "ref_bh.jsonl").exists():
                claims[name] = folder / "ref_bh.jsonl"
            if code != 0 or not claims[name].exists():
                print(f"== {name}: ended with {code}"); continue
            own = [json.loads(line).get("seconds") for line in open(claims[name]) if '"done"' in line]
            each = sum(own) / len(own) if own and all(own) else cpu / len(schemas)
            print(f"== {name}: {1000 * each:.0f} CPU ms a table over {len(schemas)} tables", flush=True)
            subprocess.run([sys.executable, o.score, str(claims[name]), str(folder)])


if __name__ == "__main__":
    main()
