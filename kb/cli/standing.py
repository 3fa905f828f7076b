"""How ``kb status`` shows where a study stands: a screen, whatever the study's size."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from kb.cli.next_step import some
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


def print_standing(found: Standing, undecided: int | None, next_: str) -> None:
    """Print it to stdout, and what comes next."""
    from kb.cli.table import print_pairs

    print_pairs([*lines(found, undecided), ("next", next_)])


def undecided(graph: Store) -> int:
    """How many labels codebook and rules could not decide, as `kb check` tells them."""
    from kb.cli.check import problems

    return len(problems(graph)[0])
