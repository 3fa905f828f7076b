"""An invented study of a bakery, small enough that every query's rows can be worked out by hand.

Its causes, with the people who tell them (interview/speaker)::

    Oven-sensor → Oven-hot                              1/Interviewee
    Oven-hot → Crust-burnt                              1/Interviewee (across turns), 10/Interviewee (implied)
    Crust-burnt → customers staying away                1/Interviewee, 3/Interviewee
    customers staying away → hurrying at the bench      1/Interviewee (implied)
    hurrying at the bench → Oven-hot                    1/Interviewee
    Oven-hot → smoke in the shop                        3/Interviewee
    damp flour → sticky dough                           2/Interviewee 1
    sticky dough → torn belt                            2/Interviewee 2
    torn belt → sticky dough                            2/Interviewee 2
    torn belt → stopped shop                            2/? (under the interviewer's label, two interviewees)
    old yeast → flat loaves, flat loaves → angry bakers 4/? (an unknown speaker)

In interview 1, the third of these stands under the interviewer's label; the relations file names who says it.
Interview 1 was coded by Ada and Ben, and by Cyd, whose export shows no codes; 10 by Ada.
"""

from __future__ import annotations

from pathlib import Path

from tests.unit.delve_pdf_factory import DelvePrint, Said

SENSOR = "The thermometer lies, and so the oven runs too hot."
BURNS = "When it runs too hot, the crust burns black."
AWAY = "A burnt crust then drives the customers away."
SECOND = "We bought a second thermometer, and that was better."
PRAYER = "Praying did not cool it down at all."
STRIP = "A paper strip turns brown and shows the heat."
MISSING = "Many values are missing from the log."
HURRY = "With fewer customers we hurry at the bench, and hurrying overheats everything again."
RUSS = "Überall Ruß, and the crust burns again since the heat is up."

# What is said in interview 1, with the codes of each coder and the words that they marked. A code
# without marked words is printed beside a turn in which the selection only ends.
TALK = (
    ("Interviewer 1", "What goes wrong in the bakery?", {}),
    ("Interviewee", SENSOR, {"Ada": (["Oven-sensor", "Oven-hot"], SENSOR),
                             "Ben": (["Oven-sensor"], "thermometer lies")}),
    ("Interviewee", BURNS, {"Ada": (["Oven-hot", "Crust-burnt"], BURNS), "Ben": (["Crust-burnt"], "")}),
    ("Interviewer 1", AWAY, {}),
    ("Interviewee", SECOND, {"Ada": (["Oven-sensor-fix"], "second thermometer"),
                             "Ben": (["Oven-sensor-fix"], "We bought a second thermometer")}),
    ("Interviewee", PRAYER, {}),
    ("Interviewee", STRIP, {"Ben": (["Oven-hot"], "")}),
    ("Interviewee", MISSING, {"Ada": (["Data-missing-values"], MISSING)}),
    ("Interviewee", HURRY, {}),
)  # fmt: skip

TEXTS = {
    "Interview 2.txt": """\
Interviewer: What happens to the dough?

Interviewee 1: Damp flour makes the dough stick.

Interviewee 2: Sticky dough tears the belt, every time.

Interviewee 2: A torn belt in turn makes the dough stick more.

Interviewer: So the torn belt stops the whole shop, you said before.
""",
    "Interview 3.txt": """\
Interviewer: And in your shop?

Interviewee: With a burnt crust the customers stay away.

Interviewee: The hot oven fills the shop with smoke.
""",
    "Interview 4.txt": """\
Interviewer: Who has seen flat loaves?

Unknown Speaker: Old yeast gives flat loaves, for sure.

Unknown Speaker: And flat loaves make the bakers angry.
""",
}

RELATIONS = """\
relations:
- {interview: 1, id: R1, kind: causes, cause: Oven-sensor, effect: Oven-hot, explicit: stated,
   quote: "The thermometer lies"}
- {interview: 1, id: R2, kind: causes, cause: Oven-hot, effect: Crust-burnt, explicit: across-turns,
   quotes: ["so the oven runs too hot", "the crust burns black"]}
- {interview: 1, id: R3, kind: causes, cause: Crust-burnt, effect: customers staying away,
   explicit: stated, speaker: Interviewee, quote: "burnt crust then drives"}
- {interview: 1, id: R4, kind: does-not-fix, issue: Oven-hot, fix: praying to the oven,
   explicit: stated, quote: "Praying did not cool it"}
- {interview: 1, id: R5, kind: detects, issue: Oven-hot, detection: a paper strip, explicit: stated,
   quote: "A paper strip turns brown"}
- {interview: 1, id: R6, kind: causes, cause: customers staying away, effect: hurrying at the bench,
   explicit: implied, quote: "With fewer customers we hurry"}
- {interview: 1, id: R7, kind: causes, cause: hurrying at the bench, effect: Oven-hot, explicit: stated,
   quote: "hurrying overheats everything again"}
- {interview: 10, id: T1, kind: causes, cause: Oven-hot, effect: Crust-burnt, explicit: implied,
   quote: "the crust burns again since"}
- {interview: 2, id: D1, kind: causes, cause: damp flour, effect: sticky dough, explicit: stated,
   quote: "Damp flour makes the dough stick"}
- {interview: 2, id: D2, kind: causes, cause: sticky dough, effect: torn belt, explicit: stated,
   quote: "Sticky dough tears the belt"}
- {interview: 2, id: D3, kind: causes, cause: torn belt, effect: sticky dough, explicit: stated,
   quote: "A torn belt in turn makes"}
- {interview: 2, id: D4, kind: causes, cause: torn belt, effect: stopped shop, explicit: stated,
   quote: "torn belt stops the whole shop"}
- {interview: 3, id: S1, kind: causes, cause: Crust-burnt, effect: customers staying away,
   explicit: stated, quote: "the customers stay away"}
- {interview: 3, id: S2, kind: causes, cause: Oven-hot, effect: smoke in the shop, explicit: stated,
   quote: "fills the shop with smoke"}
- {interview: 4, id: Y1, kind: causes, cause: old yeast, effect: flat loaves, explicit: stated,
   quote: "Old yeast gives flat loaves"}
- {interview: 4, id: Y2, kind: causes, cause: flat loaves, effect: angry bakers, explicit: stated,
   quote: "flat loaves make the bakers angry"}
"""


def write_bakery(folder: Path) -> Path:
    """Write the study's files into a folder, and give it back."""
    prints = folder / "codings"
    prints.mkdir()
    for coder in ("Ada", "Ben", "Cyd"):
        said = []
        for speaker, text, codes in TALK:
            labels, marked = codes.get(coder, ([], ""))
            said.append(Said(text, speaker, labels, marked))
        _print(said, "Interview 1", coder, prints)
    said = [
        Said("Is it too hot here?", "Interviewer 1", ["Oven-hot"], "too hot here"),
        Said(RUSS, "Interviewee", ["Oven-hot", "Crust-burnt"], "the crust burns again"),
        Said("Nothing else.", "Interviewee"),
    ]
    _print(said, "Interview 10", "Ada", prints)
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "bakery.yaml").write_text(RELATIONS, encoding="utf-8")
    return folder


def _print(said: list[Said], interview: str, coder: str, folder: Path) -> None:
    DelvePrint(said, title=f"{interview} - {coder}").save(folder / f"{interview} - {coder}.pdf")
