"""Another package's loader, put together in a test: a folder with a module and the package's metadata.

It reads an invented project format of its own (JSON): three interviews, two coders, a tree of codes,
relations, participants, memos, and some that cannot be placed. All that is said in it is invented.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

import loaders

MODULE = """
import json
import sys
from kb.records import *
from kb.records import End
FORMAT = "toolbox"
ENDINGS = frozenset({".toolbox"})
RANK = 15
OPTIONS = frozenset()
READS = "projects of the tool Toolbox (.toolbox)"
KINDS = {"code": Code, "relation": Relation, "participant": Participant, "memo": Memo, "notice": Notice,
         "coding": Coding, "source": Source, "turn": Turn}
def detect(path):
    return path.suffix == ".toolbox"
def parse(path):
    for fields in json.loads(path.read_text(encoding="utf-8")):
        yield KINDS[fields["type"]](**fields)
"""
BROKEN = "raise ImportError('no toolkit here')\n"
RAISES = """
FORMAT, ENDINGS, READS = "raises", {".raises"}, "nothing"
def detect(path):
    raise ValueError("never seen such a file")
def parse(path):
    yield
"""

SAID = {
    "1": (
        ("Interviewer", "interviewer", "What do you bake here at night, and for whom?"),
        ("Ina", "interviewee", "Rye bread, and since the flour is damp the crust tears open every time."),
        ("Ina", "interviewee", "We dry the flour in the loft now, and the crust holds."),
    ),
    "2": (
        ("Interviewer", "interviewer", "And how is it with the sweet dough in your shop?"),
        ("Otto", "interviewee", "It rises too fast in summer because the room is far too warm for it."),
    ),
    "3": (
        ("Interviewer", "interviewer", "Do the customers tell you when something went wrong?"),
        ("Pia", "interviewee", "They never do, they just buy their bread at the other end of the street."),
    ),
}


def turns(interview: str) -> list[dict[str, Any]]:
    return [
        {"type": "turn", "id": f"{interview}-{n}", "interview": interview, "index": n, "speaker": who,
         "role": role, "text": text}
        for n, (who, role, text) in enumerate(SAID[interview])
    ]  # fmt: skip


def source(interview: str, **more: Any) -> dict[str, Any]:
    return {
        "type": "source", "interview": interview, "title": f"Interview {interview}", "file": "as it likes",
        "format": "toolbox", **more,
    }  # fmt: skip


def coding(interview: str, turn: int, label: str, coder: str, quote: str | None = None) -> dict[str, Any]:
    return {
        "type": "coding", "interview": interview, "turn": f"{interview}-{turn}", "label": label,
        "code": label, "coder": coder, "quote": quote,
    }  # fmt: skip


def project(interviews: tuple[str, ...] = ("1", "2", "3")) -> list[dict[str, Any]]:
    """The records of a file of all of these interviews, interleaved as an XML file's would be."""
    of: dict[str, list[dict[str, Any]]] = {
        "1": [
            source("1"), *turns("1"),
            coding("1", 1, "Damp flour", "Ann", "the flour is damp"), coding("1", 1, "Torn crust", "Ann"),
            coding("1", 1, "Damp flour", "Bea"), coding("1", 2, "Damp flour fix", "Bea"),
        ],
        "2": [source("2"), *turns("2"), coding("2", 1, "Warm room", "Ann")],
        "3": [source("3"), *turns("3"), coding("3", 1, "Silent customers", "Bea")],
    }  # fmt: skip
    study = [
        {"type": "code", "name": "Flour", "colour": "#aa8800"},
        {"type": "code", "name": "Damp flour", "parent": "Flour", "colour": "#0088aa",
         "description": "The flour has drawn water."},
        {"type": "code", "name": "Never used", "parent": "Damp flour"},
        # A claim, with both quotes; a link of codes; a link of passages.
        {"type": "relation", "kind": "causes", "coder": "Ann", "note": "as Ina says",
         "start": {"code": "Damp flour", "turn": "1-1", "quote": "the flour is damp"},
         "end": {"code": "Torn crust", "turn": "1-1", "quote": "the crust tears open"}},
        {"type": "relation", "kind": "reminds of", "start": {"code": "Warm room"}, "end": {"code": "Flour"}},
        {"type": "relation", "kind": "answers", "coder": "Bea",
         "start": {"turn": "1-2", "quote": "in the loft"}, "end": {"turn": "1-0"}},
        # Two that no graph of this kind holds.
        {"type": "relation", "kind": "see", "start": {"code": "Flour"}, "end": {"turn": "1-1"}},
        {"type": "relation", "kind": "contradicts", "start": {"turn": "1-1"}, "end": {"turn": "2-1"}},
        {"type": "participant", "name": "Baker Ina", "interview": "1", "speaker": "Ina",
         "attributes": {"years": 12, "trained": True, "town": "Ölde"}},
        {"type": "participant", "name": "Baker Otto", "interview": "2"},
        {"type": "participant", "name": "Nobody yet", "attributes": {"years": 1.5}},
        {"type": "memo", "text": "Ask about the loft.", "title": "Loft", "coder": "Ann", "interview": "1",
         "turn": "1-2", "quote": "in the loft"},
        {"type": "memo", "text": "Short talk.", "interview": "3"},
        {"type": "memo", "text": "Flour is a family of codes.", "code": "Flour"},
        {"type": "memo", "text": "Keeps a diary.", "participant": "Baker Otto"},
        {"type": "memo", "text": "The study began in May."},
        # What has no home.
        coding("1", 9, "Damp flour", "Ann"),
        coding("7", 0, "Damp flour", "Ann"),
        {"type": "notice", "level": "lost", "message": "a picture was left out.", "source": "x.toolbox"},
    ]  # fmt: skip
    return [record for id_ in interviews for record in of[id_]] + study


def write(path: Path, records: list[dict[str, Any]]) -> Path:
    path.write_text(json.dumps(records), encoding="utf-8")
    return path


@contextmanager
def installed(folder: Path, **modules: str) -> Iterator[None]:
    """Make modules with a loader part of an installed package ``toolkit``, by their names."""
    folder.mkdir(exist_ok=True)
    meta = folder / "toolkit-1.0.dist-info"
    meta.mkdir(exist_ok=True)
    (meta / "METADATA").write_text("Metadata-Version: 2.1\nName: toolkit\nVersion: 1.0\n")
    lines = [f"{name} = toolkit_{name}" for name in modules]
    (meta / "entry_points.txt").write_text("\n".join(["[kb.loaders]", *lines, ""]))
    for name, text in modules.items():
        (folder / f"toolkit_{name}.py").write_text(text, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(folder))
        for name in modules:
            sys.modules.pop(f"toolkit_{name}", None)
        loaders._registry.cache_clear()
        try:
            yield
        finally:
            loaders._registry.cache_clear()
