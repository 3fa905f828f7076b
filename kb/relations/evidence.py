"""Relations held against an interview: their words in its turns, their codes in its study."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from kb.errors import CodebookError
from kb.records import Turn
from kb.relations.model import Relation, RelationsFile
from kb.text.nearest import did_you_mean, misspelt
from kb.text.quotes import Match, find_quote, nearest_passage

_SHOWN = 3


class Evidence(NamedTuple):
    """A relation with the one passage that each of its quotes means, in the order of its quotes."""

    relation: Relation
    passages: tuple[Match, ...]


class Findings(NamedTuple):
    """What came of holding a file against the interviews that are there.

    Attributes:
        found: The relations whose quotes were all found, in the file's order.
        errors: One for each relation with a quote that was not found, or found more than once.
        absent: Ids of interviews that the file speaks of and that are not there.
    """

    found: tuple[Evidence, ...]
    errors: tuple[CodebookError, ...]
    absent: tuple[str, ...]


def find_evidence(relation: Relation, turns: Sequence[Turn]) -> Evidence:
    """Find the passages of a relation in the turns of its interview.

    Raises:
        CodebookError: Names the quote that was not found, and the nearest passage, if any; or the
            turns where a quote was found more than once.
    """
    passages = []
    for quote in relation.quotes:
        matches = find_quote(quote, turns)
        if len(matches) != 1:
            problem = _ambiguous(matches, turns) if matches else _missing(quote, turns)
            msg = f"Relation '{relation.id}': the quote '{quote}' {problem}"
            raise CodebookError(msg, relation.path, line=relation.line)
        passages.append(matches[0])
    return Evidence(relation, tuple(passages))


def find_all(file: RelationsFile, turns: Mapping[str, Sequence[Turn]]) -> Findings:
    """Find the passages of every relation of a file.

    Args:
        file: The relations.
        turns: The turns of each interview that is there, by its id.
    """
    found: list[Evidence] = []
    errors: list[CodebookError] = []
    for relation in file.relations:
        if relation.interview not in turns:
            continue
        try:
            found.append(find_evidence(relation, turns[relation.interview]))
        except CodebookError as error:
            errors.append(error)
    absent = tuple(interview for interview in file.interviews if interview not in turns)
    return Findings(tuple(found), tuple(errors), absent)


def unknown_names(
    relations: Sequence[Relation], codes: Collection[str], concepts: Collection[str] = ()
) -> list[CodebookError]:
    """The misspelt codes of relations, so that none becomes a concept of its own unnoticed.

    A name that is a code stands for it. Any other name is a concept that no code names, and is
    written in several words; one word alone, or a name that is a code but for case or a letter or
    two, is an error.

    Args:
        relations: The relations.
        codes: Every name a code goes by: labels of the study, names and aliases of the codebook.
        concepts: Those of them that are no codes but concepts in words: a name may be like one.
    """
    folded = {code.casefold(): code for code in codes}
    in_words = [code for code in codes if len(code.split()) > 1 and code not in concepts]
    errors = []
    for relation in relations:
        for end in (relation.start, relation.end):
            problem = "" if end.name in codes else _unknown(end.name, codes, folded, in_words)
            if problem:
                msg = f"Relation '{relation.id}': {problem}"
                errors.append(CodebookError(msg, relation.path, line=relation.line))
    return errors


def _unknown(name: str, codes: Collection[str], folded: Mapping[str, str], in_words: Sequence[str]) -> str:
    """What is wrong with a name that is no code, or nothing if it is a concept in words."""
    same = folded.get(name.casefold())
    if same is not None:
        return f"the code '{name}' is written '{same}'."
    if len(name.split()) > 1:
        near = misspelt(name, in_words)
        return f"'{name}' is no code, but nearly the code '{near}'; write it that way." if near else ""
    return (
        f"there is no code '{name}'.{did_you_mean(name, codes)} Add it to the codebook,"
        " or write a concept that is no code in several words."
    )


def _ambiguous(matches: Sequence[Match], turns: Sequence[Turn]) -> str:
    """Where a quote was found, with the words about it."""
    texts = {turn.id: turn.text for turn in turns}
    places = [f"{m.turn_id} ('{_excerpt(texts[m.turn_id], m)}')" for m in matches[:_SHOWN]]
    more = f" and {len(matches) - _SHOWN} more" if len(matches) > _SHOWN else ""
    where = ", ".join(places)
    return f"is found {len(matches)} times: {where}{more}; add a few words to it."


def _missing(quote: str, turns: Sequence[Turn]) -> str:
    near = nearest_passage(quote, turns)
    if near is None:
        return "is not found in the interview; copy a few words of the passage."
    text = next(turn.text for turn in turns if turn.id == near.turn_id)
    return f"is not found; the nearest is '{text[near.start : near.end]}' in {near.turn_id}."


def _excerpt(text: str, match: Match, more: int = 20) -> str:
    """The match with a few letters after it, which tell one place from another."""
    end = min(len(text), match.end + more)
    return text[match.start : end] + ("…" if end < len(text) else "")
