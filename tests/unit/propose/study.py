"""A small invented study for tests of proposals."""

from __future__ import annotations

from collections.abc import Sequence

from kb.propose.ends import Names
from kb.propose.form import Proposed
from kb.propose.model import Proposal
from kb.propose.speech import Heard, Part, Witness
from kb.propose.verify import Source, Verifier
from kb.records import Coding, Turn, turn_id
from kb.resources import data_dir
from kb.suggest import CodedInterview, Codes, load_cues

TALK = {
    "7": [
        "? What goes wrong in the bakery?",
        "! The oven is cold in the morning, so the, uh, the bread stays flat, and nobody buys it.",
        "? And the flour?",
        "! Because the roof leaks, the flour gets damp. We, um, we had two sacks of it in May.",
        "! It was a, you know, a mess. I don't think the mould comes from the flour.",
        "? So the damp flour makes the dough stick?",
        "! Yes, exactly, that is what it does every autumn.",
        "? And the dough stops the machine, I take it?",
        "! No idea. I was never in that room.",
        "? What helped with the oven?",
        "! We light it at three now, and that solved it. The thermometer can't tell you anything.",
        "! Right. Right.",
        "? And the damp flour spoiled the bread?",
        "! Yes, exactly.",
        "? What about the damp flour and the flat bread?",
        "! Yes, right.",
    ],
    "8": [
        "? What goes wrong?",
        "! The bell is broken, so customers walk past the shop without a glance at it.",
        "? Okay.",
        "! They go to the mill instead, which means that we throw half of it away.",
    ],
}
CODES = {"Oven-cold": "issue", "Bread-flat": "issue", "Flour-damp": "issue", "Roof-leak": "issue",
         "Dough-sticky": "issue", "Oven-cold-fix": "fix", "Oven hot zone": "issue"}  # fmt: skip


def turns(interview: str) -> tuple[Turn, ...]:
    return tuple(
        Turn(
            id=turn_id(interview, n),
            interview=interview,
            index=n,
            speaker="Interviewer" if line[0] == "?" else "Interviewee",
            role="interviewer" if line[0] == "?" else "interviewee",
            text=line[2:],
        )
        for n, line in enumerate(TALK[interview])
    )


def source() -> Source:
    cues = load_cues(data_dir() / "cues" / "en.yaml")
    codes = Codes(kinds=CODES, categories={c: c.split("-")[0] for c in CODES if "-" in c})
    coding = Coding(interview="7", turn="7:0001", label="Oven-cold", code="Oven-cold", coder="Ada")

    def hear(interview: str, kind: str, start: str, end: str, parts: Sequence[Part]) -> Heard:
        codings = (coding,) if interview == "7" else ()
        coded = CodedInterview(interview=interview, turns=turns(interview), codings=codings)
        return Witness(coded, codes, cues, {start, end} - CODES.keys()).hear(kind, start, end, parts)

    return Source(
        interviews=tuple(TALK),
        turns=turns,
        hear=hear,
        names=Names({name: name for name in CODES}),
        kinds=CODES,
        claims={("causes", "Roof-leak", "Flour-damp"): {"7"}, ("causes", "Bread-flat", "Oven-cold"): {"8"}},
        refused={("causes", "Flour-damp", "Bread-flat")},
    )


def verified(
    quote: str, start: str = "Oven-cold", end: str = "Bread-flat", kind: str = "causes", **more: str
) -> Proposal:
    fields = {"kind": kind, "start": start, "end": end, "quote": quote, "interview": "7", **more}
    return Verifier(source()).one(Proposed.model_validate(fields))
