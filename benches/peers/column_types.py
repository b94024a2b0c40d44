#!/usr/bin/env python3
"""Holds trained classifiers of semantic types against the rules of marey-profile, leaving portals out.

  pip install scikit-learn
  python benches/peers/column_types.py --corpus DIR --work DIR [--program target/release/marey]

DIR is the corpus of `marey evaluate --task column-types`. Features are those of the profile (`features`: storage, counts, ranges, lengths, shapes, hashed frequent words, and the words of the column's name);
classes are the types that count in the macro average, and "none of these". Models: multinomial logistic regression and boosted trees, each
on the features alone and with the rules' answer as a further feature. On the tuned portals every portal is predicted by a model that never
saw it (group k-folds); the kept-back portals by a model of all tuned ones, once. The figures are those of `marey evaluate`.
"""
import argparse, collections, csv, json, math, pathlib, re, subprocess, zlib

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

csv.field_size_limit(1 << 30)
PHYSICAL = ["boolean", "int", "float", "decimal", "date", "time", "timestamp", "text", "empty"]
MAPPING = pathlib.Path(__file__).resolve().parents[2] / "crates/marey-lab/src/column_types/mapping.csv"
CASES = ["lower", "upper", "title", "sentence"]
HASHED = 64


def log(value):
    return math.copysign(math.log1p(abs(value)), value)


def numbers(column):
    numeric = column.get("numeric") or {}
    quantiles = numeric.get("quantiles") or {}
    values = [log(numeric.get(name) or 0.0) for name in ("min", "max", "mean", "stdev", "step")]
    values += [log(quantiles.get(name, 0.0)) for name in ("p05", "q1", "median", "q3", "p95")]
    count = max(1.0, column["filled"])
    values += [numeric.get("zeros", 0) / count, numeric.get("negatives", 0) / count, float(numeric.get("integers", False)),
               float(numeric.get("decimals") if numeric.get("decimals") is not None else 9), float(np.clip(numeric.get("skewness", 0.0), -9, 9))]
    within = lambda low, high: float(bool(numeric) and numeric["min"] >= low and numeric["max"] <= high)
    values += [within(0, 1), within(1, 4), within(1, 12), within(1, 31), within(1, 53), within(0, 100), within(-90, 90), within(-180, 180),
               within(1000, 2300), within(1850, 2100)]
    return values


def texts(column):
    text = column.get("text") or {}
    characters = text.get("characters") or {}
    shapes = text.get("shapes") or [{"shape": "", "share": 0.0}]
    top_shape = shapes[0]["shape"]
    values = [log(text.get(name, 0.0)) for name in ("min_chars", "max_chars", "mean_chars", "mean_words")]
    values += [characters.get(name, 0.0) for name in ("letters", "digits", "spaces", "others")]
    values += [float(characters.get("case") == case) for case in CASES]
    values += [shapes[0]["share"], len(top_shape), *[float(sign in top_shape) for sign in "Aa9+ -/:.,()@"]]
    return values


def features(column, table, named):
    filled = column["filled"]
    top = [value["count"]["value"] for value in column["top"]]
    values = [float(column["physical_type"] == name) for name in PHYSICAL]
    values += [log(table["rows"]), column["nulls"] / max(1, table["rows"]), column["distinct"]["value"] / max(1, filled),
               log(column["distinct"]["value"]), float(column["unique"]), float(column["monotonicity"] != "none"),
               (top or [0])[0] / max(1, filled), sum(top) / max(1, filled), len(table["columns"]), column["index"] / max(1, len(table["columns"]))]
    values += numbers(column) + texts(column)
    # Frequent values as hashed words: what cities and colours have in common.
    values += hashed(word for value in column["top"] for word in words(value["value"]))
    values += hashed(words(column["name"])) if named else [0.0] * HASHED
    return values


def words(text):
    return re.findall(r"[a-z]+", re.sub(r"([a-z])([A-Z])", r"\1 \2", text).lower())


def hashed(all_words):
    values = [0.0] * HASHED
    for word in all_words:
        values[zlib.crc32(word.encode()) % HASHED] += 1.0
    return [math.log1p(value) for value in values]


def profiles(program, folder, into):
    if not into.exists():
        with open(into, "wb") as file:
            subprocess.run([program, "profile", "--show-personal", folder], stdout=file, check=True)
    tables = {}
    for line in open(into, encoding="utf-8"):
        table = json.loads(line)
        for column in table["columns"]:
            column["filled"] = table["rows"] - column["nulls"]
        tables["tables/" + str(pathlib.Path(table["path"]).relative_to(folder))] = table
    return tables


def without_names(source, target):
    for path in source.rglob("*.csv"):
        into = target / path.relative_to(source)
        if into.exists():
            continue
        rows = list(csv.reader(open(path, newline="", encoding="utf-8", errors="replace")))
        rows[0] = [f"column {at}" for at in range(len(rows[0]))]
        into.parent.mkdir(parents=True, exist_ok=True)
        csv.writer(open(into, "w", newline="", encoding="utf-8")).writerows(rows)


def split_of(group):
    """`Split::of_group`: the part of a portal by FNV-1a of its name."""
    state = 0xcbf29ce484222325
    for byte in group.encode():
        state = ((state ^ byte) * 0x0100000001b3) % 2**64
    return "test" if state >> 32 & 3 == 3 else "train"


def labelled(corpus):
    """The labelled columns that are not blank, in our words (mapping.csv), by part."""
    mapping = {}
    for row in csv.reader(open(MAPPING, encoding="utf-8")):
        mapping[row[0], row[1]] = row[3] or None
    items = {"train": [], "test": []}
    for row in csv.DictReader(open(corpus / "labels.csv", encoding="utf-8")):
        label, base = row["SemanticType"], row["BaseType"]
        if label == "BLANK":
            continue
        semantic = mapping[label, base] if (label, base) in mapping else mapping["*", base]
        group = row["File"].split("/")[1]
        items[split_of(group)].append({"file": row["File"], "at": int(row["FieldOffset"]), "group": group, "gold_semantic": semantic})
    return items


def scores(gold, answers, eligible, possible):
    """Macro and micro F1 as `marey evaluate` counts: answers that no label could mean are no answers."""
    tally = {name: [0, 0, 0] for name in eligible}
    for right, answer in zip(gold, answers):
        answer = answer if answer in possible else None
        for name in eligible:
            tally[name][0] += right == name == answer
            tally[name][1] += answer == name != right
            tally[name][2] += right == name != answer
    f1 = lambda hits, alarms, misses: 2 * hits / max(1, 2 * hits + alarms + misses)
    seen = [counts for counts in tally.values() if counts[0] + counts[2] > 0]
    return np.mean([f1(*counts) for counts in seen]), f1(*np.sum(list(tally.values()), axis=0))


def interval(gold, answers, groups, eligible, possible, draws=300):
    generator, names = np.random.default_rng(20261123), sorted(set(groups))
    by_group = {name: [at for at, group in enumerate(groups) if group == name] for name in names}
    figures = []
    for _ in range(draws):
        rows = [at for name in generator.choice(names, len(names)) for at in by_group[name]]
        figures.append(scores([gold[at] for at in rows], [answers[at] for at in rows], eligible, possible)[0])
    return np.quantile(figures, [0.025, 0.975])


def models():
    yield "logistic", lambda: make_pipeline(StandardScaler(), LogisticRegression(C=0.1, max_iter=400))
    yield "trees", lambda: HistGradientBoostingClassifier(max_iter=40, max_leaf_nodes=8, learning_rate=0.1, l2_regularization=1.0,
                                                          min_samples_leaf=4, early_stopping=False, random_state=1)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--corpus", type=pathlib.Path, required=True)
    parser.add_argument("--work", type=pathlib.Path, required=True)
    parser.add_argument("--program", default="target/release/marey")
    parser.add_argument("--folds", type=int, default=5)
    arguments = parser.parse_args()
    work, corpus = arguments.work, arguments.corpus
    work.mkdir(parents=True, exist_ok=True)
    without_names(corpus / "tables", work / "nameless")
    items = labelled(corpus)
    everything = [item for split in items.values() for item in split]
    portals = collections.defaultdict(set)
    counts = collections.Counter(item["gold_semantic"] for item in everything if item["gold_semantic"])
    for item in everything:
        portals[item["gold_semantic"]].add(item["group"])
    possible = set(counts)
    eligible = sorted(name for name, count in counts.items() if count >= 5 and len(portals[name]) >= 3)
    for named in (True, False):
        folder = corpus / "tables" if named else work / "nameless"
        tables = profiles(arguments.program, folder, work / ("named.jsonl" if named else "nameless.jsonl"))
        report(items, tables, named, eligible, possible, arguments.folds)


def report(items, tables, named, eligible, possible, folds):
    data = {}
    for split, rows in items.items():
        matrix, gold, groups, rules = [], [], [], []
        for item in rows:
            table = tables[item["file"]]
            if item["at"] >= len(table["columns"]):
                continue
            column = table["columns"][item["at"]]
            matrix.append(features(column, table, named))
            gold.append(item["gold_semantic"])
            groups.append(item["group"])
            rules.append(column["semantic_type"])
        data[split] = np.array(matrix), gold, groups, rules
    classes = sorted(possible)

    def told(system, split, answers):
        _, gold, groups, _ = data[split]
        macro, micro = scores(gold, answers, eligible, possible)
        low, high = interval(gold, answers, groups, eligible, possible)
        part = "28 portals, each left out" if split == "train" else "9 portals kept back"
        print(f"{'with' if named else 'without'} names | {part} | {system} | macro F1 {macro:.3f} ({low:.3f} to {high:.3f}) | micro F1 {micro:.3f}", flush=True)

    for split in data:
        told("rules", split, data[split][3])
    with_rules = lambda matrix, rules: np.hstack([matrix, [[float(answer == name) for name in classes] for answer in rules]])
    for name, make in models():
        for stacked in (False, True):
            inputs = {split: with_rules(matrix, rules) if stacked else matrix for split, (matrix, _, _, rules) in data.items()}
            label = lambda gold: np.array([right or "none" for right in gold])
            train, gold, groups, _ = data["train"]
            left_out = np.empty(len(gold), dtype=object)
            for fit, hold in GroupKFold(folds).split(train, gold, groups):
                left_out[hold] = make().fit(inputs["train"][fit], label(gold)[fit]).predict(inputs["train"][hold])
            system = f"{name}{' over the rules' if stacked else ''}"
            told(system, "train", list(left_out))
            told(system, "test", list(make().fit(inputs["train"], label(gold)).predict(inputs["test"])))


if __name__ == "__main__":
    main()
