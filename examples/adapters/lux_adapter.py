"""Lux (Lee et al., 2021) for the task recommend.

    pip install lux-api "pandas<2" "numpy<2" "altair<5"
    marey evaluate --task recommend --corpus DIR --model "cmd:python lux_adapter.py" --out OUT

Lux groups its charts by action; the first chart of each action is taken, then the second of each, and so on.
"""

import importlib.metadata
import itertools

import lux
import pandas

from protocol import serve

lux.config.default_display = "lux"


def answer(question):
    frame = pandas.read_csv(question["table"]["csv_path"])
    groups = list(frame.recommendation.values())
    rounds = itertools.zip_longest(*groups)
    charts = [chart for chart in itertools.chain.from_iterable(rounds) if chart is not None]
    return [(specification(chart), float(chart.score or 0.0)) for chart in charts[: question["k"]]]


def specification(chart):
    import json

    spec = chart.to_vegalite()
    # The text begins with a remark.
    return json.loads(spec[spec.index("{"):]) if isinstance(spec, str) else spec


serve(
    {
        "name": "lux",
        "version": importlib.metadata.version("lux-api"),
        "licence": "Apache-2.0",
        "training_data": ["none"],
    },
    answer,
)
