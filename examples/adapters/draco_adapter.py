"""Draco 2 (Yang et al., 2023) for the task recommend.

    pip install draco "clingo<5.7"
    marey evaluate --task recommend --corpus DIR --model "cmd:python draco_adapter.py" --out OUT
"""

import importlib.metadata

import pandas

from draco import Draco, answer_set_to_dict, dict_to_facts, schema_from_dataframe
from draco.renderer import AltairRenderer

from protocol import serve

draco = Draco()
renderer = AltairRenderer()


def answer(question):
    data = pandas.read_csv(question["table"]["csv_path"]).head(2000)
    data = data.dropna(axis=1, how="all").iloc[:, :12]
    # Names are words of facts: columns are numbered, and named again in the chart.
    names = {f"c{i}": str(name) for i, name in enumerate(data.columns)}
    data.columns = list(names)
    schema = schema_from_dataframe(data)
    facts = dict_to_facts(schema) + [
        "entity(view,root,v0).",
        "entity(mark,v0,m0).",
        # Left to itself it proposes the number of rows: two channels are asked for, a column on one at least.
        "entity(encoding,m0,e0).",
        "entity(encoding,m0,e1).",
        ":- { attribute((encoding,field),_,_) } < 1.",
    ]
    charts = []
    for model in draco.complete_spec(facts, models=question["k"]):
        spec = answer_set_to_dict(model.answer_set)
        chart = renderer.render(spec=spec, data=data).to_dict()
        charts.append((renamed(chart, names), -float(model.cost[0]) if model.cost else 0.0))
    return charts


def renamed(value, names):
    if isinstance(value, dict):
        return {
            key: names.get(inner, inner) if key == "field" and isinstance(inner, str) else renamed(inner, names)
            for key, inner in value.items()
        }
    return [renamed(inner, names) for inner in value] if isinstance(value, list) else value


serve(
    {
        "name": "draco",
        "version": importlib.metadata.version("draco"),
        "licence": "MIT",
        "training_data": ["none"],
    },
    answer,
)
