"""From pieces with times, as recognizers and annotation tools write them, to the records of a source."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from kb.errors import InputError
from kb.records import Notice, Role, Source, Turn
from loaders._joined import Piece, doubts, joined
from loaders._source import name_parts
from loaders._speakers import Speakers
from loaders._text import MAX_BYTES, check_file, decode, fold, unreadable

# Signs and letters of Chinese and Japanese, and of Thai.
_SOLID = (("\u3000", "\u30ff"), ("\u3400", "\u9fff"), ("\uff00", "\uff0f"), ("\u0e00", "\u0e7f"))
_MAX_DIGITS = 300  # what is longer is no number of anything, and Python refuses to read it
_ENDS = tuple(".?!…。？！؟।")


class Token(NamedTuple):
    """A word or a sign.

    Attributes:
        speaker: ``""`` or None where nobody is named.
        start, end: Seconds, where the format has them.
        text: As written.
        sign: No blank stands before it.
    """

    speaker: str | None
    start: float | None
    end: float | None
    text: str
    sign: bool = False


def pieces_of(tokens: Iterable[Token]) -> Iterator[Piece]:
    """Words put together to sentences of one speaker."""
    held: list[Token] = []
    for token in tokens:
        if not token.text.strip():
            continue
        ends = held and held[-1].text.endswith(_ENDS) and not token.sign
        if held and (ends or (token.speaker or None) != (held[0].speaker or None)):
            yield _piece(held)
            held = []
        held.append(token)
    if held:
        yield _piece(held)


def _piece(tokens: list[Token]) -> Piece:
    text = ""
    for token in tokens:
        blank = bool(text) and not token.sign and not (_is_solid(text[-1]) and _is_solid(token.text[0]))
        text += (" " if blank else "") + token.text
    starts = [token.start for token in tokens if token.start is not None]
    ends = [token.end for token in tokens if token.end is not None]
    return Piece(
        None, starts[0] if starts else None, ends[-1] if ends else None, tokens[0].speaker or None, fold(text)
    )


def _is_solid(char: str) -> bool:
    """Whether a character is of a script that puts no blanks between words."""
    return any(first <= char <= last for first, last in _SOLID)


def records_of(
    path: Path,
    format_: str,
    pieces: list[Piece],
    what: str,
    interviewers: Collection[str],
    interviewees: Collection[str],
    roles: Mapping[str, Role | None] | None = None,
) -> Iterator[Source | Turn | Notice]:
    """The source, its turns, and notices on pieces without a speaker.

    Args:
        path: The file.
        format_: Its format.
        pieces: In the order said.
        what: Their name (``segments``).
        interviewers: Labels of those who ask, as the user names them.
        interviewees: Labels of those who answer.
        roles: What the file says of its speakers, by `loaders._heads.label_key`.
    """
    name = name_parts(path)
    yield Source(interview=name.interview, title=name.title, file=path.name, format=format_)
    said_by = [(piece.speaker, piece.text) for piece in pieces if piece.speaker]
    speakers = Speakers(path.name, name.interview, said_by, interviewers, interviewees, roles)
    yield from joined(pieces, name.interview, speakers, carry=False)
    for level, message, line in doubts(pieces, what, carry=False):
        yield Notice(level=level, message=message, source=path.name, interview=name.interview, line=line)


def read_json(path: Path) -> Any:
    """What a JSON file holds.

    Raises:
        InputError: It cannot be read, is too large, broken or nested too deeply, or holds a number too long.
    """
    check_file(path)
    try:
        if path.stat().st_size > MAX_BYTES:
            raise InputError("the file is larger than 64 MB, too large for a transcript: split it.", path)
        raw = path.read_bytes()
    except OSError as error:
        raise unreadable(path, error) from error
    try:
        return json.loads(decode(raw, path), parse_int=_number)
    except _TooLong as error:
        message = f"this JSON holds a number of more than {_MAX_DIGITS} digits: put it in quotes."
        raise InputError(message, path) from error
    except json.JSONDecodeError as error:
        raise InputError(
            f"this JSON is broken ({error.msg}): transcribe the recording again, or mend the line.",
            path,
            line=error.lineno,
        ) from error
    except RecursionError as error:
        raise InputError("this JSON is nested too deeply to be a transcript.", path) from error


class _TooLong(ValueError):
    """A number that is none."""


def _number(digits: str) -> int:
    if len(digits) > _MAX_DIGITS:
        raise _TooLong
    return int(digits)
