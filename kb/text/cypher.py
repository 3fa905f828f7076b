"""Cypher as text: where its strings, comments and quoted names are, and values written as literals."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from kb.errors import UsageError

#: What is not code: a comment, a string, or a quoted name. One that is not closed goes to the end, so that
#: a text of thousands that are not closed is gone through once.
NOT_CODE = re.compile(
    r"""
      //[^\n]*                      # line comment
    | /\*(?:.*?\*/|.*\Z)            # block comment
    | '(?:\\.|[^'\\])*+(?:'|\\?\Z)  # string
    | "(?:\\.|[^"\\])*+(?:"|\\?\Z)
    | `(?:``|[^`])*+(?:`|\Z)        # quoted name
    """,
    re.VERBOSE | re.DOTALL,
)
_COMMENT = re.compile(r"//[^\n]*|/\*(?:.*?\*/|.*\Z)", re.DOTALL)
_PARAMETER = re.compile(r"\$(\w+)")
_ESCAPES = {"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}


def parameters(query: str) -> list[str]:
    """The names of the parameters that a statement uses, each once, in the order of their first use.

    >>> parameters("MATCH (n {name: $name}) WHERE n.x = '$no' AND n.y > $y // $never")
    ['name', 'y']
    """
    return list(dict.fromkeys(_PARAMETER.findall(NOT_CODE.sub(" ", query))))


def statements(script: str) -> list[str]:
    r"""The statements of a script, which semicolons end; comments alone are none.

    >>> statements("CREATE (:A {x: 'a;b'}); MATCH (n) RETURN n; // done")
    ["CREATE (:A {x: 'a;b'})", 'MATCH (n) RETURN n']
    """
    ends = [i for i, c in enumerate(NOT_CODE.sub(lambda m: " " * len(m[0]), script)) if c == ";"]
    starts = [0, *(end + 1 for end in ends)]
    pieces = [script[start:end].strip() for start, end in zip(starts, [*ends, len(script)], strict=True)]
    return [piece for piece in pieces if _COMMENT.sub("", piece).strip()]


def columns(query: str) -> tuple[str, ...]:
    """The names that a statement's last RETURN gives its columns, as far as its text tells them.

    >>> columns("MATCH (n) RETURN n.name AS name, count(*) AS n, n ORDER BY name LIMIT 3")
    ('name', 'n', 'n')
    """
    bare = NOT_CODE.sub("''", query)
    last = re.split(r"\bRETURN\b(?:\s+DISTINCT\b)?", bare, flags=re.IGNORECASE)[-1]
    listed = re.split(r"\b(?:ORDER\s+BY|SKIP|LIMIT)\b", last, flags=re.IGNORECASE)[0]
    commas, depth = [-1], 0
    for at, character in enumerate(listed):
        depth += (character in "([{") - (character in ")]}")
        if character == "," and depth == 0:
            commas.append(at)
    items = [listed[start + 1 : end] for start, end in pairwise([*commas, len(listed)])]
    return tuple(re.split(r"\bAS\b", item, flags=re.IGNORECASE)[-1].strip() for item in items)


def inline(query: str, values: Mapping[str, Any]) -> str:
    r"""The statement with its parameters written out as literals; those without a value are left.

    >>> inline("RETURN $a + '$a', $b", {"a": "it's"})
    "RETURN 'it\\'s' + '$a', $b"
    """
    texts = {name: literal(value) for name, value in values.items()}
    # Without brackets, `a-$n` with a negative n would read as an arrow.
    return substitute(query, {n: f"({text})" if text.startswith("-") else text for n, text in texts.items()})


def substitute(query: str, texts: Mapping[str, str]) -> str:
    """The statement with each ``$name`` replaced by Cypher text, outside strings, comments and names."""

    def text_for(match: re.Match[str]) -> str:
        return texts.get(match[1], match[0])

    parts = []
    at = 0
    for skipped in NOT_CODE.finditer(query):
        parts += [_PARAMETER.sub(text_for, query[at : skipped.start()]), skipped[0]]
        at = skipped.end()
    return "".join([*parts, _PARAMETER.sub(text_for, query[at:])])


def literal(value: Any) -> str:
    r"""A value as Cypher writes it.

    Args:
        value: None, a bool, an int, a float, a str, or a list, tuple or dict of these.

    Raises:
        UsageError: Cypher has no literal for it.

    >>> literal([1, None, True, "naïve\n"])
    "[1, null, true, 'naïve\\n']"
    >>> literal({"issue": "x", "links": 2})
    "{`issue`: 'x', `links`: 2}"
    """
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return repr(value)
    if isinstance(value, float):
        # NaN and the infinities have no literal that every version reads.
        return repr(value) if math.isfinite(value) else f"toFloat('{_NOT_FINITE[str(value)]}')"
    if isinstance(value, str):
        return "'" + "".join(map(_escaped, value)) + "'"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(literal, value))}]"
    if isinstance(value, dict):
        keys = {str(key).replace("`", "``"): item for key, item in value.items()}
        return f"{{{', '.join(f'`{key}`: {literal(item)}' for key, item in keys.items())}}}"
    raise UsageError(f"Cypher has no literal for {value!r}.")


_NOT_FINITE = {"nan": "NaN", "inf": "Infinity", "-inf": "-Infinity"}


def _escaped(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    # Control characters, and the line ends that Unicode adds, are seen better as escapes.
    return f"\\u{ord(character):04x}" if character < " " or character in "\x7f\x85\u2028\u2029" else character
