"""How ``kb status`` shows where a study stands: a screen, whatever the study's size."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kb.ask.next_step import some
from kb.text.words import plural

if TYPE_CHECKING:
    from kb.ask.standing import Standing
    from kb.store.bolt import Store

_LONG = 200  # letters of all interviews with their numbers
_CODERS = 3  # in a line each, with their interviews; more have their numbers alone


def lines(found: Standing, undecided: int | None = None) -> Iterator[tuple[str, str]]:
    """What there is, as a word and what to say of it.

    Args:
        found: Where the study stands.
        undecided: Labels that neither codebook nor rules could decide; None if that was not looked at.
    """
    turns = f", {sum(found.turns.values()):,} turns" if found.turns else ""
    yield "interviews", f"{len(found.turns):,}{turns}"
    if len(found.coded) <= _CODERS:
        for coder, interviews in found.coded.items():
            yield f"coded by {coder}", f"{len(interviews):,}: {some(interviews)}"
    else:
        named = [f"{coder} ({len(interviews):,})" for coder, interviews in found.coded.items()]
        yield "coded by", f"{len(named)} coders: {some(named)}"
    if found.uncoded:
        yield "not coded", f"{len(found.uncoded):,}: {some(found.uncoded)}"
    if found.codes:
        yield "codes", f"{found.codes:,}"
    yield "relations", _relations(found.relations) if found.relations else "none written down"
    if found.relations and found.unrelated:
        yield "without relations", f"{len(found.unrelated):,}: {some(found.unrelated)}"
    if found.by_code:
        said = f"{sum(found.by_code.values()):,} in {plural(len(found.by_code), 'interview')}"
        yield "told by fix codes", said
    if found.participants:
        yield "participants", f"{found.participants:,}"
    if found.catalogues:
        yield "catalogues", f"{found.catalogues:,}"
    if undecided is not None:
        yield "undecided", f"{plural(undecided, 'label')}; `kb check` lists them" if undecided else "nothing"


def _relations(by_interview: Mapping[str, int]) -> str:
    """The sum, then each interview's; of many those with the fewest, which want reading most."""
    total = f"{sum(by_interview.values()):,} claims in {plural(len(by_interview), 'interview')}"
    whole = ", ".join(f"{interview} ({count})" for interview, count in by_interview.items())
    if len(whole) <= _LONG:
        return f"{total}: {whole}"
    fewest = sorted(by_interview.items(), key=lambda item: item[1])
    return f"{total}; fewest: {some([f'{interview} ({count})' for interview, count in fewest])}"


def print_standing(
    found: Standing, undecided: int | None, next_: str, reviews: Sequence[Mapping[str, Any]] = ()
) -> None:
    """Print it to stdout, with what `kb review` has left (`left_to_review`), and what comes next."""
    from kb.cli.table import print_pairs

    print_pairs([*lines(found, undecided), *_reviews(reviews), ("next", next_)])


def _reviews(reviews: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    for each in reviews:
        who = f", {each['reviewer']}" if each["reviewer"] else ""
        said = f"{each['undecided']:,} of {plural(each['candidates'], 'candidate')} ({each['file']}{who})"
        new = f"; not looked through yet: {some(each['not_reviewed'])}" if each["not_reviewed"] else ""
        yield "to review", said + new


def left_to_review(graph: Store) -> list[dict[str, Any]]:
    """What `kb review` left undecided, as its journals in this folder say, of interviews of this graph.

    Returns:
        For each relations file and reviewer: ``file``, ``reviewer``, ``undecided`` of ``candidates``, and
        ``not_reviewed``, the interviews that have not been looked through.
    """
    from kb.cli.output import say
    from kb.review.journal import ENDING, last_left, read_journal

    journals = sorted(Path().glob(f"*{ENDING}"))
    if not journals:
        return []
    there = [row["id"] for row in graph.read("MATCH (i:Interview) RETURN i.id AS id").rows]
    return [
        {
            "file": f"{journal.name.removesuffix(ENDING)}.yaml",
            "reviewer": left.reviewer,
            "undecided": left.undecided,
            "candidates": left.total,
            "not_reviewed": [id_ for id_ in sorted(there) if id_ not in left.interviews],
        }
        for journal in journals
        for left in last_left(read_journal(journal, say))
        if left.interviews.intersection(there)
    ]


def undecided(graph: Store) -> int:
    """How many labels codebook and rules could not decide, as `kb check` tells them."""
    from kb.cli.check import problems

    return len(problems(graph)[0])
