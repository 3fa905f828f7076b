"""JSON Lines (.jsonl, .ndjson): one record of `kb.records` a line, as ``kb parse`` writes them.

The form for other programs: what any loader reads can be written in it whole, and what a program writes in it
loads. Each line is checked against its record's fields before anything is loaded.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from kb.errors import InputError
from kb.records import AnyRecord, Record
from loaders._text import check_file, sniff, unreadable

if TYPE_CHECKING:
    from pydantic import TypeAdapter, ValidationError

FORMAT = "jsonl"
ENDINGS = frozenset[str]()
MAYBE = frozenset({".jsonl", ".ndjson"})
RANK = 19  # of records that name no format of their own
OPTIONS = frozenset[str]()
READS = "records of kb (.jsonl)"

_MAX_LINE = 16 * 2**20  # characters
_TYPES = "origin|source|turn|coding|code|relation|participant|memo|notice"
_RECORD = re.compile(rf'\{{\s*"(?:type"\s*:\s*"(?:{_TYPES})"|(?:[a-z_]+)"\s*:.*?"type"\s*:\s*"(?:{_TYPES})")')
_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


def detect(path: Path) -> bool:
    """Whether one of the first lines is a record, or begins as one."""
    head = sniff(path, 64 * 1024)
    head = (head or "").removeprefix("\ufeff")
    if not head.lstrip().startswith("{"):
        return False
    *whole, cut = head.split("\n")[:20]
    if any(_is_record(line) for line in whole):
        return True
    return not any(line.strip() for line in whole) and _RECORD.match(cut) is not None


def parse(path: Path) -> Iterator[AnyRecord]:
    """Yield the records as they stand.

    Raises:
        InputError: A line is no record (names the line).
    """
    check_file(path)
    try:
        with path.open("rb") as raw:
            encoding = _MARKS.get(raw.read(2), "utf-8-sig")
        with path.open(encoding=encoding, newline="\n") as file:
            for number, line in enumerate(_lines(file, path), 1):
                if line.strip():
                    yield _record(line, path, number)
    except OSError as error:
        raise unreadable(path, error) from error


def _lines(file: IO[str], path: Path) -> Iterator[str]:
    number = 1
    try:
        while line := file.readline(_MAX_LINE + 1):
            if len(line) > _MAX_LINE:
                message = f"this line is longer than {_MAX_LINE // 2**20} million characters: no record is."
                raise InputError(message, path, line=number)
            yield line
            number += 1
    except UnicodeError as error:
        raise InputError("this is not UTF-8: save the file as UTF-8.", path, line=number) from error


def _record(line: str, path: Path, number: int) -> AnyRecord:
    from pydantic import ValidationError

    try:
        if "NaN" in line or "Infinity" in line:
            json.loads(line, parse_constant=_no_number)
        return _records().validate_json(line)
    except ValidationError as error:
        message = f"this is no record of kb ({_said(error)}): `kb parse` shows what records look like."
        raise InputError(message, path, line=number) from error
    except (ValueError, RecursionError) as error:
        message = f"this is no record of kb ({error}): write a number, or leave it out."
        raise InputError(message, path, line=number) from error


def _is_record(line: str) -> bool:
    try:
        _records().validate_json(line)
    except ValueError:  # pydantic's are of this kind
        return False
    return True


def _said(error: ValidationError) -> str:
    """What is wrong first, in a phrase."""
    first = error.errors(include_url=False, include_input=False, include_context=False)[0]
    where = ".".join(str(part) for part in first["loc"] if not isinstance(part, type))
    said = " ".join(str(first["msg"]).split()).rstrip(".")
    return f"{where}: {said}" if where else said


def _no_number(name: str) -> Any:
    raise ValueError(f"{name} is no value")


@cache
def _records() -> TypeAdapter[AnyRecord]:
    from pydantic import TypeAdapter

    return TypeAdapter(Record)
