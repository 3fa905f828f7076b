"""CHAT transcripts (.cha) of CLAN and TalkBank: ``*PAR:`` and what is said, ``@Participants`` who is who.

The form is the CHAT manual's (TalkBank): a line that begins with a tab goes on with the one above, lines that
begin with ``%`` are about the line above, a time in milliseconds stands between two characters 0x15. Codes of
the transcription are left out of the words; what is said with a stumble is kept (``&-um``, a repeated word).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from kb.errors import InputError
from kb.records import Notice, Role, Source, Turn
from loaders._heads import label_key
from loaders._joined import Piece
from loaders._recorded import records_of
from loaders._roles import derived_role
from loaders._text import fold, read_text, sniff

FORMAT = "chat"
ENDINGS = frozenset({".cha"})
RANK = 24
OPTIONS = frozenset({"interviewers", "interviewees", "encoding"})
READS = "CHAT transcripts (.cha)"
_BULLET = re.compile("\x15[^\x15]{0,40}?(\\d{1,9})_(\\d{1,9})[^\x15]{0,4}\x15|\x15[^\x15]{0,80}\x15")
_CODES = re.compile(
    r"\[(?:/{1,3}|/\?|/-|[*+!?<>%=:-][^\[\]]{0,120}|x \d{1,3}|\^c?)\]"  # [//] [* m] [: word] [=! laughs]
    r"|\((?:\.{1,3}|\d{0,3}[.:]\d{0,3}\.?)\)"  # pauses
    r"|&[=*][^\s]{0,80}|(?<!\S)0\w{1,40}|(?<!\S)\+[<^,\"]|[‡„⌈⌉⌊⌋]"
)
_ENDS = (
    (re.compile(r"\+(?:\.\.\.|…)"), "…"),
    (re.compile(r"\+(?:\.\.\?|/\?|//\?|!\?)"), "?"),
    (re.compile(r'\+(?:/\.|//\.|"/\.|"\.|\.)'), "."),
)
_STUMBLE = re.compile(r"(?<!\S)&[-~+]?(?=\w)")
_SPECIAL = re.compile(r"(?<=\w)@\w[\w:$]{0,12}")
_OMITTED = re.compile(r"(?<=\w)\((\w{1,20})\)|\((\w{1,20})\)(?=\w)")
_SIGN = re.compile(r"\s+(?=[.,?!…](?:\s|$))")


def detect(path: Path) -> bool:
    """Whether the file is a CHAT transcript by its head or its ending."""
    head = sniff(path)
    if path.suffix.lower() in ENDINGS:
        return True
    return head is not None and head.lstrip("\ufeff").startswith("@UTF8") and "\n@Begin" in head


def parse(
    path: Path,
    interviewers: Collection[str] = (),
    interviewees: Collection[str] = (),
    encoding: str | None = None,
) -> Iterator[Source | Turn | Notice]:
    """Yield the interview and its turns.

    Args:
        path: The file.
        interviewers: Codes of those who ask; the others answer.
        interviewees: Codes of those who answer.
        encoding: Of a file that is neither UTF-8 nor UTF-16 with its mark.

    Raises:
        InputError: No line of it says who speaks.
    """
    lines = _whole(read_text(path, encoding).split("\n"))
    pieces = []
    for number, line in lines:
        if not (match := re.match(r"\*([^\s:]{1,16}):\s*", line)):
            continue
        times = [(int(m[1]), int(m[2])) for m in _BULLET.finditer(line) if m[1]]
        if words := _words(line[match.end() :]):
            start, end = (times[0][0] / 1000, times[-1][1] / 1000) if times else (None, None)
            pieces.append(Piece(number, start, end, match[1], words))
    if not pieces:
        raise InputError("no line of this CHAT transcript says who speaks, as “*PAR:” does.", path)
    yield from records_of(path, FORMAT, pieces, "lines", interviewers, interviewees, _roles(lines))


def _whole(lines: Sequence[str]) -> list[tuple[int, str]]:
    """Lines with those that go on with them, by number from 1."""
    out: list[tuple[int, str]] = []
    for number, line in enumerate(lines, 1):
        if line[:1] in ("\t", " ") and out and line.strip():
            out[-1] = (out[-1][0], f"{out[-1][1]} {line.strip()}")
        elif line.strip():
            out.append((number, line))
    return out


def _words(text: str) -> str:
    """What is said, without the codes of the transcription."""
    text = _BULLET.sub(" ", text)
    for pattern, sign in _ENDS:
        text = pattern.sub(sign, text)
    text = _CODES.sub(" ", text)
    text = _OMITTED.sub(lambda m: m[1] or m[2], _SPECIAL.sub("", _STUMBLE.sub("", text)))
    words = fold(_SIGN.sub("", fold(text.replace("<", " ").replace(">", " "))))
    return words if any(c.isalnum() for c in words) else ""


def _roles(lines: Sequence[tuple[int, str]]) -> dict[str, Role | None]:
    """The roles that ``@Participants`` gives: ``PAR Mo Participant, INV Investigator``."""
    line = next((line for _, line in lines if line.startswith("@Participants:")), "")
    roles: dict[str, Role | None] = {}
    for one in line.partition(":")[2].split(","):
        parts = one.split()
        if len(parts) > 1:
            said = parts[-1].replace("_", " ")
            roles[label_key(parts[0])] = _ROLES.get(said.casefold()) or derived_role(said)
    return {who: role for who, role in roles.items() if role}


_ROLES: dict[str, Role] = {"investigator": "interviewer", "target adult": "interviewee"}
