"""Reads line by line `{"corpus": DIR, "rows": FILE}` and answers with what mlcroissant makes of each corpus.

The file has, for each record set, the rows as Marey reads them: `{record set: [[cell, ...], ...]}`. The answer is
`{"corpus", "errors", "sets", "rows", "different": [first few cells that differ]}`.
"""

import datetime
import json
import logging
import math
import os
import sys

logging.disable(logging.CRITICAL)
import mlcroissant  # noqa: E402  (after logging is silenced)


def plain(value):
    """A cell as JSON has it: text, number, truth value or null; moments as seconds."""
    if hasattr(value, "item") and not isinstance(value, bytes):
        value = value.item()
    if isinstance(value, bytes):
        value = value.decode("utf-8")
    if isinstance(value, float) and math.isnan(value):
        return None
    if value is None or str(value) == "NaT":
        return None
    if isinstance(value, datetime.datetime):
        if value.tzinfo is None:
            value = value.replace(tzinfo=datetime.timezone.utc)
        return value.timestamp()
    if isinstance(value, datetime.date):
        return datetime.datetime(value.year, value.month, value.day, tzinfo=datetime.timezone.utc).timestamp()
    return value


# Texts that stand for a missing value; Marey reads them as one and says so in a warning.
MARKERS = {"", ".", "-", "?", "na", "n/a", "nan", "null", "none"}


def alike(theirs, ours):
    if ours is None and isinstance(theirs, str) and theirs.strip().lower() in MARKERS:
        return True
    if isinstance(theirs, bool) or isinstance(ours, bool):
        return theirs == ours
    if isinstance(theirs, (int, float)) and isinstance(ours, (int, float)):
        return math.isclose(theirs, ours, rel_tol=1e-12, abs_tol=1e-12)
    return theirs == ours


def check(corpus, ours):
    answer = {"corpus": corpus, "errors": [], "sets": 0, "rows": 0, "different": []}
    try:
        os.chdir(corpus)
        dataset = mlcroissant.Dataset("croissant.json")
        for record_set in dataset.metadata.record_sets:
            answer["sets"] += 1
            name = record_set.uuid
            expected = ours.get(name)
            if expected is None:
                answer["errors"].append(f"Marey read no table for the record set {name}")
                continue
            count = 0
            for number, record in enumerate(dataset.records(record_set=name)):
                count += 1
                theirs = [plain(value) for value in record.values()]
                if number >= len(expected):
                    continue
                for column, (a, b) in enumerate(zip(theirs, expected[number])):
                    if not alike(a, b) and len(answer["different"]) < 5:
                        answer["different"].append(f"{name}, row {number + 1}, column {column + 1}: {a!r} and {b!r}")
            answer["rows"] += count
            if count != len(expected):
                answer["errors"].append(f"{name} has {count} rows, Marey reads {len(expected)}")
    except Exception as error:  # whatever the reference reader has against a corpus is the answer
        answer["errors"].append(str(error)[:500])
    return answer


for line in sys.stdin:
    request = json.loads(line)
    with open(request["rows"], encoding="utf-8") as file:
        rows = json.load(file)
    print(json.dumps(check(request["corpus"], rows)), flush=True)
