"""Praat's TextGrids: a tier a speaker, its intervals what is said; put in the order of their times.

The long and the short text form (Praat's manual, “TextGrid file formats”): whatever is no number, string or
flag that stands free is a comment. Tiers of words and phones beside one of utterances, and tiers of points,
are left out and told.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import NamedTuple

from kb.errors import InputError
from kb.records import Notice, Source, Turn
from loaders._joined import Piece
from loaders._recorded import records_of
from loaders._source import name_parts
from loaders._text import fold, read_text, sniff

FORMAT = "praat"
ENDINGS = frozenset({".textgrid"})
RANK = 25
OPTIONS = frozenset({"interviewers", "interviewees", "encoding"})
READS = "Praat's TextGrids (.textgrid)"
_TOKEN = re.compile(r'"([^"]*(?:""[^"]*)*)"|(?<!\S)(-?\d{1,12}(?:\.\d{1,24})?(?:[eE][-+]?\d{1,3})?)(?!\S)')
_FINE = re.compile(
    r"(?:.*\W|)(?:words?|phones?|phonemes?|phon|segments?|syllables?|ipa|tones?|pos|morph\w*|gloss\w*|lemma\w*)",
    re.IGNORECASE,
)
_REMARKS = re.compile(
    r"(?:.*\W|)(?:notes?|comments?|remarks?|misc|noise|events?|codes?|topics?)", re.IGNORECASE
)
_NOBODY = re.compile(
    r"(?:transcri\w*|transkript\w*|text|utterances?|ort|orthograph\w*|speech|sentences?|trans|tier)?[\s_-]*\d*",
    re.IGNORECASE,
)
_WORDS = re.compile(r"[\W_]*words?$", re.IGNORECASE)
_SILENCE = frozenset({"", "sil", "sp", "spn", "<sil>", "<p:>", "<p>", "#", "silence", "pause", "_", "-"})


class _Tier(NamedTuple):
    """A tier: its name, its intervals with words, how many points it has."""

    name: str
    said: list[tuple[float, float, str]]
    points: int


def detect(path: Path) -> bool:
    """Whether the file is a TextGrid by its head or its ending."""
    head = sniff(path)
    if path.suffix.lower() in ENDINGS:
        return True
    return head is not None and "ooTextFile" in head[:80] and '"TextGrid"' in head[:200]


def parse(
    path: Path,
    interviewers: Collection[str] = (),
    interviewees: Collection[str] = (),
    encoding: str | None = None,
) -> Iterator[Source | Turn | Notice]:
    """Yield the interview, its turns, and notices on tiers that were left out.

    Args:
        path: The file.
        interviewers: Names of the tiers of those who ask; the others answer.
        interviewees: Names of the tiers of those who answer.
        encoding: Of a file that is neither UTF-8 nor UTF-16 with its mark.

    Raises:
        InputError: It is no TextGrid in text form, is cut, or has no words.
    """
    tiers, left = _speech(_tiers(path, encoding))
    alone = len(tiers) == 1 and _NOBODY.fullmatch(tiers[0].name.strip()) is not None
    said = sorted((start, n, end, text) for n, tier in enumerate(tiers) for start, end, text in tier.said)
    pieces = [
        Piece(None, start, end, None if alone else fold(tiers[n].name) or None, text)
        for start, n, end, text in said
    ]
    if not pieces:
        raise InputError("no interval of this TextGrid has words: nothing is to be loaded.", path)
    yield from records_of(path, FORMAT, pieces, "intervals", interviewers, interviewees)
    if left:
        words = ", ".join(f"“{name}”" for name in left[:5]) + (" …" if len(left) > 5 else "")
        message = f"tiers that are no utterances of a speaker were left out: {len(left)} ({words})."
        yield Notice(level="warning", message=message, source=path.name, interview=name_parts(path).interview)


def _tiers(path: Path, encoding: str | None) -> list[_Tier]:
    """The tiers; one of points has no intervals."""
    text = read_text(path, encoding)
    if "ooTextFile" not in text[:200]:
        raise InputError("this is no TextGrid in text form: in Praat, Save > Save as text file.", path)
    tokens = (m[1].replace('""', '"') if m[1] is not None else float(m[2]) for m in _TOKEN.finditer(text))
    try:
        return list(_read(tokens))
    except (StopIteration, RuntimeError, ValueError) as error:
        raise InputError("this TextGrid is cut or broken: save it anew in Praat.", path) from error


def _read(tokens: Iterator[str | float]) -> Iterator[_Tier]:
    def string() -> str:
        if not isinstance(one := next(tokens, None), str):
            raise ValueError
        return one

    def number() -> float:
        if not isinstance(one := next(tokens, None), float):
            raise ValueError
        return one

    string(), string(), number(), number()  # file type, class, start, end
    for _ in range(int(number())):
        kind, name = string(), string()
        number(), number()
        said = []
        count = int(number())
        for _ in range(count):
            start = number()
            if kind == "IntervalTier":
                end, text = number(), fold(string())
                if text.casefold() not in _SILENCE:
                    said.append((max(0.0, start), max(0.0, end), text))
            else:
                string()
        yield _Tier(name, said, 0 if kind == "IntervalTier" else count)


def _speech(tiers: list[_Tier]) -> tuple[list[_Tier], list[str]]:
    """The tiers of what is said, and the names of the others that have words."""
    filled = [tier for tier in tiers if tier.said]
    fine = [tier for tier in filled if _FINE.fullmatch(tier.name.strip())]
    remarks = [tier for tier in filled if _REMARKS.fullmatch(tier.name.strip())]
    kept = [tier for tier in filled if tier not in fine and tier not in remarks]
    if not kept:  # an aligner writes ``Dana - words`` and ``Dana - phones``
        words = [tier for tier in fine if re.search(r"words?$", tier.name.strip(), re.IGNORECASE)]
        kept = [
            tier._replace(name=re.sub(r"[\W_]*words?$", "", tier.name.strip(), flags=re.I)) for tier in words
        ]
        fine = [tier for tier in fine if tier not in words]
    return kept, [tier.name for tier in (*fine, *remarks)] + [tier.name for tier in tiers if tier.points]
