"""What the readers of word processors' files have in common: from paragraphs and comments to records."""

from __future__ import annotations

import zipfile
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from kb.errors import InputError
from kb.records import Coding, Notice, Source, Turn
from loaders._dialogue import Dialogue
from loaders._inner import turns_apart
from loaders._margin import Margin, Remark
from loaders._paras import Para, Told
from loaders._source import name_parts
from loaders._text import check_file, unreadable

_SHOWN = 3  # of what is left out
_MAX_PART = 64 * 2**20
_MAX_ALL = 512 * 2**20


class Content(NamedTuple):
    """What a document holds.

    Attributes:
        paras: Its lines; `Para.line` is the number of the paragraph.
        remarks: Its comments, anchored by index into `paras`.
        notes: What was left out, a sentence each, with level.
    """

    paras: list[Para]
    remarks: list[Remark]
    notes: list[str]


def records_of(
    path: Path,
    content: Content,
    format_: str,
    interviewers: Collection[str],
    interviewees: Collection[str],
) -> Iterator[Source | Turn | Coding | Notice]:
    """The records of a document; comments become codings.

    Raises:
        InputError: It has no speakers' labels, or most would be guessed.
    """
    name = name_parts(path)
    if not any(para.text.strip() for para in content.paras):
        raise InputError("the document has no text: there is nothing to load.", path)
    # Comments are anchored by paragraph, so those of a document that has any stay whole.
    paras = content.paras if content.remarks else turns_apart(content.paras)
    dialogue = Dialogue(path, name.interview, paras, interviewers, interviewees)
    margin = Margin(content.remarks, [para.text for para in content.paras], name, path.name)
    yield Source(
        interview=name.interview,
        title=name.title,
        file=path.name,
        format=format_,
        coder=margin.coder,
        # Several coders get a source each.
        round=name.round if content.remarks and not margin.several else None,
        codes_exported=bool(content.remarks),
    )
    index = 0
    for item in dialogue.said():
        if isinstance(item, Told):
            yield dialogue.notice(item)
            continue
        if notice := dialogue.role_notice(item):
            yield notice
        turn = dialogue.turn(item, index)
        yield turn
        yield from margin.codings(item, turn)
        index += 1
    yield from margin.lost()
    for message in content.notes:
        yield Notice(level="warning", message=message, source=path.name, interview=name.interview)


def hidden_text(passages: Sequence[str]) -> str:
    """What is to be told of text that the document hides, so nobody who reads it sees it."""
    words = "; ".join(one[:40] for one in passages[:_SHOWN])
    more = " …" if len(passages) > _SHOWN else ""
    return (
        f"hidden text was left out: {len(passages)} (“{words}”{more}); what is to be read must be shown "
        "(in Word, Font → Hidden off)."
    )


def opened(path: Path, part: str) -> zipfile.ZipFile:
    """A document that is a zip archive, checked before anything in it is unpacked.

    Raises:
        InputError: No such file, no zip, without the part, or one that would fill the memory.
    """
    check_file(path)
    try:
        archive = zipfile.ZipFile(path)
    except OSError as error:
        raise unreadable(path, error) from error
    except (zipfile.BadZipFile, NotImplementedError) as error:
        with path.open("rb") as file:
            old = file.read(4) == b"\xd0\xcf\x11\xe0"
        message = (
            "the document is protected with a password, or an old Word file with a new ending: open it "
            "in Word or "
            "LibreOffice and save it as .docx without a password."
            if old
            else "the document is damaged, or not what its ending says: open it in Word or LibreOffice and "
            "save it anew."
        )
        raise InputError(message, path) from error
    sizes = {info.filename: info.file_size for info in archive.infolist()}
    if part not in sizes:
        archive.close()
        raise InputError(
            "the document is not what its ending says: open it in Word or LibreOffice and save it anew.", path
        )
    if sizes[part] > _MAX_PART or sum(sizes.values()) > _MAX_ALL:
        archive.close()
        raise InputError("the document is too large for a transcript: split it.", path)
    return archive


def part_of(path: Path, part: str) -> bytes:
    """One part of a document that is a zip archive.

    Raises:
        InputError: See `opened`.
    """
    with opened(path, part) as archive:
        try:
            return archive.read(part)
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError) as error:
            raise InputError(
                "the document is damaged or locked: open it in its program and save it anew without a "
                "password.",
                path,
            ) from error


def has_part(path: Path, part: str) -> bool:
    """Whether the file is a zip archive with this part; never raises."""
    try:
        if not path.is_file():
            return False
        with zipfile.ZipFile(path) as archive:
            return part in archive.namelist()
    except (OSError, ValueError, NotImplementedError, zipfile.BadZipFile):  # of a later version, in one
        return False
