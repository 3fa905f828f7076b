"""Legends: the lines near the top that say what the labels stand for, ``I = Interviewer``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.records import Role
from loaders._head_words import LEGEND_WORD
from loaders._heads import HEAD_LINES, SENTENCE, SHORT, bare, label_key
from loaders._roles import derived_role, normal
from loaders._times import MARKS

_LEGEND = re.compile(
    r"(?P<label>[^\s=:：–—-][^=:：–—]{0,38}?)\s*(?P<sign>=|:|：|\s[–—-]|–|—|\.{2,}|→|\t)\s*(?P<what>\S.{0,79})"
)


def legend(lines: Sequence[str], labels: set[str]) -> tuple[set[int], dict[str, Role | None]]:
    """The lines near the top that say what the labels stand for, and the roles they give.

    Args:
        lines: All lines.
        labels: What stands before a colon, in bold or in brackets elsewhere, normalized by `label_key`.

    Returns:
        Indexes of the lines, and the role by label; None where the legend says no role.
    """
    found: dict[int, tuple[str, str]] = {}
    seen = 0
    headed: int | None = None
    names = False
    for number, line in enumerate(lines):
        text = bare(line)
        if not text:
            continue
        seen += 1
        if seen > HEAD_LINES:
            break
        if LEGEND_WORD.fullmatch(text):
            headed = number
            continue
        match = _LEGEND.fullmatch(text)
        named = (
            _named_label(match["label"], match["what"], labels) if match and match["sign"] == ":" else None
        )
        if match and named:
            found[number] = (named, match["label"])
            names = True
        elif match and _says_who(
            match["label"].strip(), match["sign"].strip(), match["what"], headed is not None
        ):
            found[number] = (match["label"].strip(MARKS + "()[]"), match["what"])
        elif headed is not None and headed not in found and len(text.split()) > SHORT:
            headed = None
    if not any(sign_is_plain(lines[n]) for n in found) and len(found) < 2 and headed is None and not names:
        return set(), {}
    roles = {label_key(label): derived_role(what) for label, what in found.values()}
    kept = set(found)
    if headed is not None and any(n > headed for n in found):
        kept.add(headed)
    if not labels.intersection(roles) and headed is None:
        return set(), {}
    return kept, roles


def _named_label(role: str, name: str, labels: set[str]) -> str | None:
    """The label of whom a head names: ``Interviewer: Dana Field`` where ``Dana`` or ``DF`` speaks."""
    words = name.split()
    if derived_role(role) is None or label_key(role) not in labels or not 0 < len(words) <= 5:
        return None
    if label_key(name) in labels:
        return name
    if not all(word[0].isupper() or not word[0].isalpha() for word in words) or SENTENCE.search(name):
        return None
    initials = "".join(word[0] for word in words)
    bracket = re.search(r"\(([^()]{1,20})\)", name)
    spellings = (name, words[0], words[-1], initials, name.partition("(")[0], bracket[1] if bracket else name)
    return next((one for one in spellings if label_key(one) in labels), None)


def sign_is_plain(line: str) -> bool:
    """Whether a legend's line has an equals sign, which no spoken line has."""
    return "=" in line


def _says_who(label: str, sign: str, what: str, headed: bool) -> bool:
    words = what.split()
    if SENTENCE.search(what) or len(words) > 8 or "?" in what:
        return False
    name = re.split(r"[,(]", what)[0]
    initials = "".join(word[0] for word in re.findall(r"[^\W\d_]\w*", name)).casefold()
    if sign == "=":
        return len(label.split()) <= 3
    named = derived_role(what) is not None or (
        len(normal(label)) > 1
        and initials.startswith(normal(label))
        and all(w[0].isupper() for w in name.split())
    )
    short = len(label) <= 4 or headed
    return short and named
