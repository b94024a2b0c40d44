"""The plug-in protocol of `marey evaluate --model cmd:…`: JSON lines over stdin and stdout."""

import json
import os
import sys
import traceback


def serve(hello, answer):
    """Says who answers, then answers each question with `answer(question) -> [(spec, score), …]`."""
    # Libraries like to print; only answers may go to the real stdout.
    out = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)

    def say(message):
        out.write(json.dumps(message) + "\n")
        out.flush()

    say(hello)
    for line in sys.stdin:
        question = json.loads(line)
        reply = {"id": question["id"], "candidates": [], "error": None}
        try:
            charts = answer(question)[: question["k"]]
            reply["candidates"] = [{"spec": plain(spec), "score": score} for spec, score in charts]
        except Exception as error:  # the harness counts and lists it
            traceback.print_exc()
            reply["error"] = f"{type(error).__name__}: {error}"[:300]
        say(reply)


LOOKS = ("data", "datasets", "config", "$schema", "selection", "params", "vislib", "width", "height")


def plain(spec):
    """The chart without its data, its looks and its interaction, which no task asks for."""
    # Numbers that are none are no JSON.
    spec = json.loads(json.dumps(spec, default=str), parse_constant=lambda _: None)
    for name in LOOKS:
        spec.pop(name, None)
    if isinstance(spec.get("mark"), dict):
        spec["mark"].pop("tooltip", None)
    for channel in spec.get("encoding", {}).values():
        if isinstance(channel, dict):
            for name in ("axis", "scale", "legend", "title"):
                channel.pop(name, None)
    return spec
