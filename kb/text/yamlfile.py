"""A YAML 1.2 file that people write by hand: read so that every error can tell its line.

Read and written with ruamel.yaml, which only this module and `kb.text.yamlplain` import: it keeps line
numbers, comments and order, takes ``no`` for a word and refuses a key that stands twice.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.reader import ReaderError
from ruamel.yaml.scalarstring import DoubleQuotedScalarString
from ruamel.yaml.util import load_yaml_guess_indent

from kb.errors import CodebookError
from kb.text.files import decoded, read_bounded
from kb.text.nearest import did_you_mean
from kb.text.yamlplain import plain_tree, plain_yaml

__all__ = [
    "MAX_BYTES",
    "CommentedMap",
    "CommentedSeq",
    "DoubleQuotedScalarString",
    "MappingNode",
    "Node",
    "RoundTrip",
    "ScalarNode",
    "SequenceNode",
    "check_keys",
    "compose",
    "line_of",
    "line_of_item",
    "read_mapping",
]

#: Larger ones take long to read; that many relations are thousands.
MAX_BYTES = 4 * 2**20
# An escape counts where an even number of backslashes stands before it.
_PAIR = re.compile(
    r"(?<!\\)(?P<before>(?:\\\\)*)\\u(?P<high>[dD][89abAB][0-9a-fA-F]{2})\\u(?P<low>[dD][c-fC-F][0-9a-fA-F]{2})"
)
_HALF = re.compile(r'"[^"\n]*?(?<!\\)(?:\\\\)*(?P<escape>\\u[dD][89a-fA-F][0-9a-fA-F]{2})')


def read_mapping(path: Path, what: str, must_have: str, see: str, most: int = MAX_BYTES) -> CommentedMap:
    """The mapping that a file holds.

    Args:
        path: The file.
        what: What it should be, for messages: ``relations file``.
        must_have: The key that tells such a file.
        see: Where its form is described.
        most: Its bytes at most; reading takes up to 25 s a megabyte.

    Raises:
        CodebookError: With path and, where there is one, line.
    """
    try:
        text = paired(decoded(read_bounded(path, most, CodebookError)), path)
        document = plain_yaml().load(text)
    except UnicodeDecodeError as error:
        raise CodebookError(f"The {what} is not UTF-8 text; save it as UTF-8.", path) from error
    except YAMLError as error:
        raise _no_yaml(error, text, path, what) from error
    if not isinstance(document, CommentedMap):
        raise CodebookError(f"The {what} has no key '{must_have}'; see {see} for the form.", path)
    return document


def compose(text: str, path: Path, what: str) -> Node | None:
    """The tree of nodes of a document, whose scalars stay as written; None if it is empty.

    Args:
        text: The document.
        path: Its file, for messages.
        what: What it should be, for messages.

    Raises:
        CodebookError: It is no YAML, with the line.
    """
    text = paired(text, path)
    try:
        return plain_tree(text)
    except YAMLError as error:
        raise _no_yaml(error, text, path, what) from error


class RoundTrip:
    """A file that is read, changed and written again with its comments, order and indent.

    Args:
        text: The file's; its first indented list tells how lists are indented.

    Attributes:
        document: What it holds, to be changed.
    """

    def __init__(self, text: str) -> None:
        self._yaml = YAML(typ="rt")
        self._yaml.preserve_quotes = True
        self._yaml.width = 10_000  # no line is broken that was not
        try:
            _, indent, offset = load_yaml_guess_indent(text)
        except IndexError:  # ruamel.yaml's guess stumbles over a ``-`` alone on its line
            indent = offset = None
        if indent is not None:
            self._yaml.indent(mapping=2, sequence=indent, offset=offset or 0)
        self.document: CommentedMap = self._yaml.load(text)

    def dump(self) -> str:
        """The file's text as it is now."""
        buffer = io.StringIO()
        self._yaml.dump(self.document, buffer)
        return buffer.getvalue()


def _no_yaml(error: YAMLError, text: str, path: Path, what: str) -> CodebookError:
    line, problem = None, str(error)
    if isinstance(error, MarkedYAMLError):
        mark = error.problem_mark or error.context_mark
        line, problem = mark.line + 1 if mark else None, str(error.problem)
    elif isinstance(error, ReaderError):
        line = text.count("\n", 0, error.position) + 1
        problem = f"the character {error.character:#06x} cannot stand in it: remove it"
    return CodebookError(f"The {what} is not YAML: {' '.join(problem.split())}.", path, line=line)


def paired(text: str, path: Path) -> str:
    r"""A YAML text in which JSON's two escapes of one character (``\ud83d\ude2c``) are YAML's one.

    JSON is YAML, but a YAML reader takes each escape for a character of its own, which no graph can hold.

    Raises:
        CodebookError: An escape is half of a character; with its line.
    """
    text = _PAIR.sub(_one, text)
    if lone := _HALF.search(text):
        msg = f"{lone['escape']} is half of a character: write the character itself, or both of its escapes."
        raise CodebookError(msg, path, line=text.count("\n", 0, lone.start("escape")) + 1)
    return text


def _one(pair: re.Match[str]) -> str:
    high, low = int(pair["high"], 16), int(pair["low"], 16)
    return f"{pair['before']}\\U{0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00):08X}"


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
