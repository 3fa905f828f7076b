"""A YAML 1.2 file that people write by hand: read so that every error can tell its line.

Read with ruamel.yaml: it keeps line numbers, takes ``no`` for a word and refuses a key that stands
twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from kb.errors import CodebookError
from kb.text.nearest import did_you_mean


def read_mapping(path: Path, what: str, must_have: str, see: str) -> CommentedMap:
    """The mapping that a file holds.

    Args:
        path: The file.
        what: What it should be, for messages: ``relations file``.
        must_have: The key that tells such a file.
        see: Where its form is described.

    Raises:
        CodebookError: With path and, where there is one, line.
    """
    try:
        document = YAML(typ="rt").load(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise CodebookError(f"The {what} cannot be read ({error.strerror}).", path) from error
    except UnicodeDecodeError as error:
        raise CodebookError(f"The {what} is not UTF-8 text; save it as UTF-8.", path) from error
    except YAMLError as error:
        mark = error.problem_mark if isinstance(error, MarkedYAMLError) else None
        problem = error.problem if isinstance(error, MarkedYAMLError) else str(error)
        reason = " ".join(str(problem).split())
        line = mark.line + 1 if mark else None
        raise CodebookError(f"The {what} is not YAML: {reason}.", path, line=line) from error
    if not isinstance(document, CommentedMap):
        raise CodebookError(f"The {what} has no key '{must_have}'; see {see} for the form.", path)
    return document


def check_keys(mapping: CommentedMap, known: Iterable[str], path: Path, what: str) -> None:
    """Refuse a key that is not known, with the nearest that is.

    Raises:
        CodebookError: With the key's line.
    """
    known = tuple(known)
    for key in mapping:
        if key not in known:
            msg = f"{what} has no key {key!r}.{did_you_mean(str(key), known)}"
            raise CodebookError(msg, path, line=line_of(mapping, key))


def line_of(mapping: CommentedMap, key: object = None) -> int:
    """The line, from 1, of a key, or of the mapping where the key is not in it."""
    zero_based: int = mapping.lc.key(key)[0] if key in mapping else mapping.lc.line
    return zero_based + 1


def line_of_item(items: CommentedSeq, index: int) -> int:
    """The line, from 1, of an item of a list."""
    zero_based: int = items.lc.item(index)[0]
    return zero_based + 1
