"""An invented study of a fish pond: its codes have categories, and fall under a catalogue's issues.

Its relations, with the people who tell them (interview/speaker)::

    Water-warm → Fish-ill                 1/Interviewee, 2/Interviewee
    Water-green → Fish-ill                1/Interviewee
    Water-green → Fish-hungry             2/Interviewee
    Food-bad → Fish-ill                   3/Interviewee 1
    Fish-ill → Fish-hungry                3/Interviewee 2
    heavy rain → Water-green              1/Interviewee
    Fish-hungry → guests staying away     2/Interviewee
    Water-warm fixed by a roof            1/Interviewee
    Water-warm fixed by Water-warm-fix    2/Interviewee

Nobody but a catalogue says that Food-bad leads to Water-green. Water-warm and Water-green fall under its
P1, Fish-ill under P1 and P2.
"""

from __future__ import annotations

from pathlib import Path

TEXTS = {
    "Interview 1.txt": """\
Interviewer: What goes wrong?

Interviewee: Warm water makes them ill. Green water makes them ill too.

Interviewee: Heavy rain turns it green.

Interviewee: A roof keeps it cool.
""",
    "Interview 2.txt": """\
Interviewer: And with you?

Interviewee: In warm water they fall ill.

Interviewee: In green water they find no food.

Interviewee: Hungry fish keep guests away.

Interviewee: Fresh water cooled it down.
""",
    "Interview 3.txt": """\
Interviewer: And you two?

Interviewee 1: Bad food makes them ill.

Interviewee 2: The ill ones eat nothing.
""",
}

RELATIONS = """\
relations:
- {interview: 1, id: A1, kind: causes, explicit: stated, cause: Water-warm, effect: Fish-ill,
   quote: "Warm water makes them ill"}
- {interview: 1, id: A2, kind: causes, explicit: stated, cause: Water-green, effect: Fish-ill,
   quote: "Green water makes them"}
- {interview: 1, id: A3, kind: causes, explicit: stated, cause: heavy rain, effect: Water-green,
   quote: "Heavy rain turns it"}
- {interview: 1, id: A4, kind: fixes, explicit: stated, issue: Water-warm, fix: a roof,
   quote: "A roof keeps it cool"}
- {interview: 2, id: B1, kind: causes, explicit: stated, cause: Water-warm, effect: Fish-ill,
   quote: "In warm water they fall"}
- {interview: 2, id: B2, kind: causes, explicit: stated, cause: Water-green, effect: Fish-hungry,
   quote: "In green water they find"}
- {interview: 2, id: B3, kind: causes, explicit: stated, cause: Fish-hungry, effect: guests staying away,
   quote: "Hungry fish keep guests"}
- {interview: 2, id: B4, kind: fixes, explicit: stated, issue: Water-warm, fix: Water-warm-fix,
   quote: "Fresh water cooled it"}
- {interview: 3, id: C1, kind: causes, explicit: stated, cause: Food-bad, effect: Fish-ill,
   quote: "Bad food makes them ill"}
- {interview: 3, id: C2, kind: causes, explicit: stated, cause: Fish-ill, effect: Fish-hungry,
   quote: "The ill ones eat nothing"}
"""

CODEBOOK = """\
categories: {Water: The water, Fish: The fish}
codes:
  Water-warm: {kind: issue, category: Water}
  Water-green: {kind: issue, category: Water}
  Water-warm-fix: {kind: fix, category: Water, issue: Water-warm}
  Fish-ill: {kind: issue, category: Fish}
  Fish-hungry: {kind: issue, category: Fish}
  Food-bad: {kind: issue, category: none}
"""

CATALOGUE = """\
id: ponds
title: Issues of ponds
citation: A. Author (2020). Ponds.
about: Numbers are chapters.
issues:
- {id: P1, name: water not right, attribute: health, description: The water.,
   codes: [Water-warm, Water-green, Fish-ill]}
- {id: P2, name: sick animals, attribute: health, description: The animals.,
   codes: [Fish-ill],
   causes: [{what: Food-bad, source: chapter 1}]}
"""

PEOPLE = """\
interview,speaker,name,trade
1,,Rosa,keeper
2,,Tom,vet
3,Interviewee 1,Uli,keeper
3,Interviewee 2,Vera,vet
"""


def write_pond(folder: Path) -> Path:
    """Write the study's files into a folder, and give back the part of it that holds interviews."""
    study = folder / "study"
    study.mkdir()
    for name, text in TEXTS.items():
        (study / name).write_text(text, encoding="utf-8")
    (study / "pond.yaml").write_text(RELATIONS, encoding="utf-8")
    (folder / "codebook.yaml").write_text(CODEBOOK, encoding="utf-8")
    (folder / "catalogue.yaml").write_text(CATALOGUE, encoding="utf-8")
    (folder / "people.csv").write_text(PEOPLE, encoding="utf-8")
    return study
