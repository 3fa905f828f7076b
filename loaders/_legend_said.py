"""Legends that look like turns and whose words for roles are not known: ``B: Ethnologist``, ``K: Foreman``.

Nothing in such a line tells it from a turn, so the document's form must: the lines stand as one block at
the top, each label once and all of them there, none is a sentence where the talk is of sentences, and the
block is set apart as no turns are; or a title says that it is a legend.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from kb.records import Role
from loaders._head_words import LEGEND_WORD
from loaders._headings import candidates
from loaders._heads import HEAD_LINES, SENTENCE, bare
from loaders._label import Heading
from loaders._label_words import BACKCHANNEL
from loaders._roles import derived_role
from loaders._times import EDGE

_FORMS = ("colon", "bold", "dashed")
_WORDS = 7  # of what a line of a legend says
_SENTENCES = 0.8  # of the turns end like one
_PEOPLE = 12  # that a legend may list
_ALL = 0.8  # of the turns are by those in the legend


class LikeTurns(NamedTuple):
    """What stands above the talk and looks like it.

    Attributes:
        lines: Indexes of a legend's lines, its title too.
        roles: What it says of labels, by key; None where no word is known.
        undecided: Indexes of lines that may be a legend's or turns.
    """

    lines: set[int]
    roles: dict[str, Role | None]
    undecided: set[int]


def said_like_turns(lines: Sequence[str]) -> LikeTurns:
    """The lines of such a legend, and those that may be one."""
    none = LikeTurns(set(), {}, set())
    found = {n: h for n, line in enumerate(lines) if line.strip(EDGE) and (h := _labelled(line))}
    counts = Counter(h.key for h in found.values())
    first = next((n for n, h in found.items() if counts[h.key] > 1), None)
    if first is None or sum(bool(line.strip(EDGE)) for line in lines[:first]) > HEAD_LINES:
        return none
    block: dict[int, Heading] = {}
    end = first
    for n in range(first, len(lines)):
        h = found.get(n)
        if h and counts[h.key] > 1 and _names(h) and h.key not in {x.key for x in block.values()}:
            block[n] = h
            end = n + 1
        elif lines[n].strip(EDGE) or len(block) > _PEOPLE:
            break
    above = next((m for m in range(first - 1, -1, -1) if lines[m].strip(EDGE)), None)
    titled = above is not None and LEGEND_WORD.fullmatch(bare(lines[above])) is not None
    after = [h for m, h in found.items() if m >= end and h.text]
    keys = {h.key for h in block.values()}
    if (
        len(block) < 2
        or len(after) < len(block)
        or sum(h.key in keys for h in after) < _ALL * len(after)
        or sum(SENTENCE.search(h.text) is not None for h in after) < _SENTENCES * len(after)
    ):
        return none
    if not (titled or (end - first == len(block) and _apart(lines, found, end))):
        return none._replace(undecided=set(block))
    roles = {h.key: derived_role(h.text) for h in block.values()}
    if any(roles.values()):  # then of the others nothing is said, and they may be told by it
        roles = {one: role for one, role in roles.items() if role}
    return LikeTurns({*block, *([above] if titled and above is not None else [])}, roles, set())


def head_of_keys(lines: Sequence[str]) -> set[int]:
    """The lines of a head such as ``From: …``, ``To: …`` above the talk, whatever its keys are.

    Each key stands there and nowhere else, two or more one below the other, a blank line after them, and what
    they say is no sentence.
    """
    found = {n: h for n, line in enumerate(lines) if line.strip(EDGE) and (h := _labelled(line))}
    counts = Counter(h.key for h in found.values())
    first = next((n for n, h in found.items() if counts[h.key] > 1), None)
    above = [n for n, line in enumerate(lines[:first]) if line.strip(EDGE)] if first else []
    if not above or len(above) > HEAD_LINES or not all(n in found and _names(found[n]) for n in above):
        return set()
    block = above[-1] - above[0] + 1 == len(above) > 1
    return set(above) if block and first is not None and first > above[-1] + 1 else set()


def _labelled(line: str) -> Heading | None:
    return next((h for h in candidates(line) if h.form in _FORMS and h.start is None), None)


def _names(h: Heading) -> bool:
    """Whether a line may say what somebody is: a few words, no sentence."""
    words = h.text.split()
    return 0 < len(words) <= _WORDS and not SENTENCE.search(h.text) and h.text.casefold() not in BACKCHANNEL


def _apart(lines: Sequence[str], found: dict[int, Heading], end: int) -> bool:
    """Whether a blank line ends the block, and blank lines stand otherwise among the turns after it."""
    if end >= len(lines) or lines[end].strip(EDGE):
        return False
    later = [n for n in found if n > end]
    blank = sum(not lines[n - 1].strip(EDGE) for n in later)
    return blank >= 0.9 * len(later) or blank <= max(1, 0.1 * len(later))
