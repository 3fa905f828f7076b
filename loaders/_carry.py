"""How far a speaker may be carried: over paragraphs without a label, as far as the document's form says."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from loaders._label import Heading
from loaders._label_words import is_noise
from loaders._labels import Labels, key
from loaders._speakers import Speakers
from loaders._text import fold
from loaders._times import only_time

_MOST = 0.85  # of the paragraphs without a label: then most speakers would be guessed
_LONG, _SLIPS = 40, 0.05  # in so many paragraphs, so small a share without a label are slips
_ONE_SIDED = 0.2  # of the paragraphs without a label where only one side has labels

Piece = tuple[tuple[int, ...], str]  # indexes of a paragraph's lines, and its text


class Reach(NamedTuple):
    """How far labels reach.

    Attributes:
        above: Labels stand above what is said, however many paragraphs that is.
        carries: A paragraph without a label goes on with the speaker before.
        refusal: Why the transcript is not read, ``""`` if it is.
        at: Index of the line that the refusal is about.
    """

    above: bool
    carries: bool
    refusal: str = ""
    at: int = 0


def weigh(
    pieces: Sequence[Piece],
    headings: Mapping[int, Heading],
    labels: Labels,
    speakers: Speakers,
    given: Collection[str],
    table: bool,
) -> Reach:
    """Decide it for one document.

    Args:
        pieces: Its paragraphs.
        headings: The labels by the index of their line; at least one.
        labels: Its labels.
        speakers: Their roles.
        given: Keys of the labels that the user names.
        table: It is a table, in which an empty cell means the speaker above.
    """
    texts = {numbers[0]: text for numbers, text in pieces}
    order = [n for n in texts if only_time(texts[n]) is None]
    labelled = [n for n in order if n in headings]
    if not labelled:
        return Reach(False, False, "no paragraph is left that begins with a speaker's label.")
    after = [n for n in order if n > labelled[0]]
    bare = _bare(order, texts, headings, labels)
    loose = [n for n in after if n not in headings and n not in bare and not is_noise(texts[n])]
    alone = sum(not headings[n].text.strip() for n in labelled)  # their words are the paragraph below
    carried = max(0, len(loose) - alone)
    share = carried / max(1, len(after) + 1 - alone)
    above = table or labels.heads_passages
    carries = above or (_repeats(order, headings) <= carried and not _slips(carried, len(after)))
    lone = [fold(texts[n]) for n in order if n in bare and labels.is_bare(texts[n])]
    names = [*(headings[n].label for n in labelled), *lone]
    keys = {key(name) for name in names}
    absent = len(keys) == 1 and set(given) - keys  # of two who were named, one has no label here
    if not carries or (keys <= set(given) and not absent):
        return Reach(above, carries)
    one = len(keys) == 1 and not above
    if (
        carried > 1
        and share > _ONE_SIDED
        and (one or {speakers.role(name) for name in names} == {"interviewer"})
    ):
        first = headings[labelled[0]].label
        return Reach(above, False, _one_sided(first, carried), loose[0])
    if share > _MOST and not above:
        return Reach(above, False, _mostly_guessed(carried, len(after) + 1), loose[0])
    return Reach(above, carries and not one)


def resumed(
    pieces: Sequence[Piece], headings: Mapping[int, Heading], labels: Labels, carries: bool
) -> set[int]:
    """Paragraphs without a label between two of one speaker's, where a label comes only at a change.

    Then somebody else has spoken, or the label would not be there again.
    """
    order = [numbers[0] for numbers, text in pieces if only_time(text) is None]
    if not carries and _repeats(order, headings):
        return set()
    out: set[int] = set()
    loose: list[int] = []
    last: str | None = None
    for numbers, text in pieces:
        if found := headings.get(numbers[0]):
            if found.key == last:
                out.update(loose)
            loose, last = [], found.key
        elif labels.is_bare(text):
            loose, last = [], None
        elif not is_noise(text) and only_time(text) is None:
            loose.append(numbers[0])
    return out


def _repeats(order: Sequence[int], headings: Mapping[int, Heading]) -> int:
    """How often a label stands before two paragraphs running, as where every paragraph has one."""
    return sum(
        a in headings
        and b in headings
        and headings[a].key == headings[b].key
        and bool(headings[a].text.strip())
        for a, b in pairwise(order)
    )


def _slips(carried: int, paragraphs: int) -> bool:
    return paragraphs >= _LONG and carried <= _SLIPS * paragraphs


def _bare(
    order: Sequence[int], texts: Mapping[int, str], headings: Mapping[int, Heading], labels: Labels
) -> set[int]:
    """Paragraphs that are a role's word and no more, where labels have colons, and those after them."""
    if labels.form in (None, "own", "stamp"):
        return set()
    out: set[int] = set()
    for n, below in zip(order, [*order[1:], None], strict=True):
        if n not in headings and labels.is_bare(texts[n]):
            out.add(n)
            if below is not None and below not in headings:
                out.add(below)
    return out


def _one_sided(label: str, carried: int) -> str:
    return (
        f"only “{label}” has a label here, so nobody can tell who says the {carried} paragraphs without "
        f"one: begin "
        "each turn with its speaker (“Interviewee: …”), or, if all of them are this speaker's, say so with "
        f"--interviewer or --interviewee “{label}”."
    )


def _mostly_guessed(carried: int, paragraphs: int) -> str:
    return (
        f"most paragraphs ({carried} of {paragraphs}) have no speaker's label, so most speakers would be "
        f"guessed: "
        "begin each turn with its speaker, or name every label that is one (--interviewer, --interviewee)."
    )
