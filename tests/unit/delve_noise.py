"""Invented interviews, and the noise that the text conversion of a Delve print puts on them.

The noise is laid out as the print is: lines of a fixed width, pages of a fixed height. A heading at
a page's foot is lost, a paragraph goes on over the page without one, a short line at a page's head
may become a heading, codes may share a line, heading levels are random.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass

from pdfminer.fontmetrics import FONT_METRICS

WIDTHS = FONT_METRICS["Helvetica"][1]
COLUMN = 48.65  # ems
PAGE = 26  # lines
FOOTER = "Created with the Delve Qualitative Analysis Tool (http://www.delvetool.com)"

ASKED = (
    "How do you check the hives before the winter?",
    "Um, and what happens when a colony is lost?",
    "Did you ever buy wax from another keeper?",
    "Okay, I see. Which tools do you use for the count?",
    "And who decides when the honey is ready?",
    "Can you tell me a bit more about that?",
    "What would you change, if you could?",
    "Have you met the same problem with the queens?",
    "Super, thank you. So how many frames do you have?",
    "Is there anything else on the feeding?",
)
ANSWERED = (
    "We open the hives twice in autumn, and we weigh each of them by hand.",
    "Uh, well, the mites are the worst, they come back every year.",
    "I lost nine colonies in one spring.",
    "The scale in the yard sends a number, but nobody believes the number.",
    "My father did it by ear.",
    "So we wrote everything on the lids, and then the rain came.",
    "It depends on the lime trees, mostly.",
    "Sugar is cheap, so people feed too early and the bees do not look for anything themselves.",
    "You can hear it when the queen is gone, it is a different hum.",
    "The vet comes once, if at all.",
    "The wax we bought was mixed with paraffin, so the combs fell down in July.",
    "Yeah, that was bad.",
    "I keep a notebook for each stand, because my memory is not what it was.",
)

LABELS = (
    "Hive-losses", "Hive-losses-fix", "Hive-mites", "Wax-adulterated", "Wax-adulterated-fix",
    "Count-unreliable", "Count-by-hand", "Queen-lost", "Feeding-too-early", "Records-on-lids",
    "Weather", "Q4.2",
)  # fmt: skip


def _plain(label: str) -> str:
    return label if re.match(r"Q\d", label) else label.replace("-", " ").capitalize()


STYLES = {
    "kebab": lambda label: label,
    "tagged": lambda label: f"{label} [{label[0]}K]" if label.startswith("Queen") else label,
    "snake": lambda label: label.replace("-", "_").lower(),
    "camel": lambda label: "".join(part[0].upper() + part[1:] for part in label.split("-")),
    "blanks": _plain,
}


@dataclass(frozen=True)
class Said:
    """A turn as it should be read."""

    speaker: str
    text: str
    labels: tuple[str, ...]


def interview(seed: int, style: str) -> list[Said]:
    """An interview of some 120 turns, a third of them coded."""
    rng = random.Random(seed)
    labels = [STYLES[style](label) for label in LABELS]
    turns: list[Said] = []
    for _ in range(40):
        coded = tuple(rng.sample(labels, rng.choice((1, 1, 2, 3)))) if rng.random() < 0.35 else ()
        question = " ".join(rng.sample(ASKED, rng.choice((1, 1, 2))))
        turns.append(Said("Interviewer 1", question, coded if rng.random() < 0.2 else ()))
        for _ in range(rng.choice((1, 2, 3))):
            answer = " ".join(rng.choices(ANSWERED, k=rng.randint(1, 6)))
            turns.append(Said("Interviewee", answer, coded))
    return turns


def noisy(turns: list[Said], seed: int, *, joined: float = 0.15) -> str:
    """The text conversion of an interview.

    Args:
        turns: The interview.
        seed: Another one, other noise.
        joined: Share of the passages with several codes that have them on one line.
    """
    rng = random.Random(seed)
    blocks = ["# Interview 7 - Berta"]
    room = PAGE - 2
    for turn in turns:
        lines = list(_wrapped(turn.text))
        if room < 1:
            room = PAGE
        room -= 1
        if room > 0:  # else the heading is the last thing on its page, and lost
            blocks.append(f"{_marks(rng)} {turn.speaker}")
        while lines:
            top = room < 1
            if top:
                room = PAGE
            text = " ".join(lines[:room])
            short = top and len(lines) == 1 and len(text) < 40
            blocks.append(f"{_marks(rng)} {text}" if short else text)
            lines, room = lines[room:], room - min(room, len(lines))
        if turn.labels:
            blocks += [" ".join(turn.labels)] if rng.random() < joined else turn.labels
            room -= 1
    return "\n\n".join([*blocks, FOOTER])


def _marks(rng: random.Random) -> str:
    return "#" * rng.choice((1, 2, 3, 3, 3, 4))


def _wrapped(text: str) -> Iterator[str]:
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and sum(WIDTHS[char] for char in longer) / 1000 > COLUMN:
            yield line
            longer = word
        line = longer
    yield line
