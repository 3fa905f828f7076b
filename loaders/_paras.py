"""What a transcript is made of on its way from lines to turns."""

from __future__ import annotations

from typing import NamedTuple

from kb.records import Guess, Level, Role

#: Stands for a letter that a container gives no meaning for.
UNREAD = "\ufffd"


class Para(NamedTuple):
    """One line or paragraph: its text, its line and its page from 1, where the file has them.

    Attributes:
        whole: It is a paragraph and no line of one, so nothing is joined to it.
        at: Its number in the container, for what is anchored in it (comments).
    """

    text: str
    line: int | None = None
    page: int | None = None
    whole: bool = False


class Said(NamedTuple):
    """One turn before it becomes a record.

    Attributes:
        paras: Indexes of the paragraphs that it was made of.
        guessed: See `kb.records.Turn`.
    """

    speaker: str
    role: Role | None
    text: str
    para: Para
    start: float | None
    end: float | None
    paras: tuple[int, ...]
    guessed: Guess | None = None


class Told(NamedTuple):
    """Something to tell the user."""

    level: Level
    message: str
    para: Para


def doubt(label: str) -> str:
    """What to tell of what may be a label and is not surely one."""
    return (
        f"“{label}” begins a paragraph like a label and is not surely one, so nobody is "
        "named there and its words are kept; if it is a speaker, name it (--interviewer or --interviewee)."
    )
