"""Who is who, as a head or a foot of the transcript says it: ``B = interviewer``, ``Interviewer (B)``.

A statement names labels of the document beside roles. It is heeded where each label has one role for
sure; where a line has both and they cannot be told apart, letters have no role at all.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from kb.records import Role
from loaders._head_words import LEGEND_WORD
from loaders._headings import candidates
from loaders._heads import HEAD_LINES, SENTENCE, bare, label_key
from loaders._label_words import is_name
from loaders._roles import derived_role, normal, role_of
from loaders._times import EDGE, only_time

_WORD = re.compile(r"[^\W_]+(?:[:*]in(?:nen)?\b)?")
_TITLE = re.compile(r"([^\W\d_]{3,20})\s*(?:[:：=]|[–—-])\s*")
_SIGN = re.compile(r"[=:：→|\t(\[–—]| - |->")
_NOT = re.compile(r"\b(?:not?|never|nicht|keine?r?|pas|non?|não|niet|nie)\b", re.IGNORECASE)
_ASKS = {"asks": "interviewer", "fragt": "interviewer", "answers": "interviewee", "antwortet": "interviewee"}
_AND = frozenset({"and", "und", "et", "y", "e", "en", "i", "ve", "both", "beide"})
# ``B – Ethnografin``: somebody whose role is not known by the word.
_OTHER = re.compile(r"(\S{1,3})\s*(?:=|→|->|\t|\s[–—-]\s|\|)\s*(\S.{0,40})")
_IN_LINE = frozenset(
    {"colon", "bold", "bracket", "timed", "slant", "dashed", "arrow", "gap", "dotted", "semi", "number"}
)
_SHORT = 3  # letters of an abbreviation
_FOOT = 12  # non-empty lines at the end within which a legend may stand
_LONG = 400  # characters of a line beyond which it is no legend


class Who(NamedTuple):
    """What is said of who is who: the legend's lines; roles by `label_key`, None where doubtful."""

    lines: set[int]
    roles: dict[str, Role | None]


def who_is_who(lines: Sequence[str]) -> Who:
    """The roles that lines above or below the talk give to its labels."""
    filled = [n for n, line in enumerate(lines) if line.strip(EDGE)]
    labels, forms = _labels(lines)
    if not labels:
        return Who(set(), {})
    head = _Reader(labels, forms)
    for n in filled[:HEAD_LINES]:
        if head.of_talk(lines[n]) or not head.read(n, lines[n]):
            break
    foot = _Reader(labels, forms, foot=True)
    for n in reversed(filled[-_FOOT:]):
        if n in head.seen or foot.of_talk(lines[n]) or not foot.read(n, lines[n]):
            break
    found = Who(set(), {})
    for part in (head, foot):
        if part.enough():
            for key, role in part.roles.items():
                clash = key in found.roles and found.roles[key] != role
                found.roles[key] = None if clash else role
            found.lines.update(part.lines)
    _around(lines, found.lines)
    return found


def _labels(lines: Sequence[str]) -> tuple[dict[str, str], set[str]]:
    """What recurs in the place of a label, by how it is spelled there, with its key; and the forms it has."""
    found = {(n, h.form, h.label) for n, line in enumerate(lines) for h in candidates(line)}
    counts = Counter(label for _, label in {(n, label) for n, _, label in found})
    labels = {
        label: label_key(label)
        for label, count in counts.items()
        if count > 1
        and " " not in label
        and (len(normal(label)) < 2 or derived_role(label) is None)
        and (len(label) <= _SHORT or is_name(label))
    }
    forms = Counter(form for _, form, label in found if label in labels and form in _IN_LINE)
    most = max(forms.values(), default=0)
    return labels, {form for form, count in forms.items() if count * 2 >= most}


class _Reader:
    """Reads lines from one end of the document until the talk begins."""

    def __init__(self, labels: Mapping[str, str], forms: set[str], *, foot: bool = False) -> None:
        self._labels, self._forms, self._foot = labels, forms, foot
        self.lines: set[int] = set()
        self.seen: set[int] = set()
        self.roles: dict[str, Role | None] = {}
        self._like_turns = 0
        self._plain = 0
        self._sure = False

    def read(self, n: int, line: str) -> bool:
        """Take one line; False where it belongs to the talk."""
        text = bare(line) if "\t" not in line else line.strip()
        title = _TITLE.match(text)
        if title and not LEGEND_WORD.fullmatch(title[1]):
            title = None
        turn = next((h for h in candidates(line) if h.form in self._forms and h.label in self._labels), None)
        if turn is None and not title and (named := self._named(line)):
            self._add(n, dict([named]))
            self._like_turns += 1
            return True
        found = self._pairs(text[title.end() :] if title else text)
        short = len(text.split()) <= 3 * (len(found or {}) + 1) and not SENTENCE.search(text.rstrip("]) "))
        if turn is not None:
            words = turn.text.strip()
            exact = len(words.split()) <= 4 and derived_role(words) is not None
            if not short or not found or not (exact or len(found) > 1):
                return False
            self._add(n, found)
            self._like_turns += 1
            if len(found) > 1 or (role_of(words) and not self._foot):
                self._sure = True
            return True
        if found == {} and (other := self._somebody(text)):
            self._add(n, {other: None})
            self._plain += 1
            return True
        if found is None or (found and (short or (title and _SIGN.search(text)))):
            self.seen.add(n)
            if found is None:
                if not self._foot or _SIGN.search(text):
                    self.roles.update(dict.fromkeys(self._labels.values(), None))
                    self._plain += 1
                return not self._foot
            if not (_SIGN.search(text) or title):
                if self._foot:
                    return False
                self._say(found)
                self._plain += 1
                return True
            self._add(n, found)
            self._plain += 1
            return True
        if found and not self._foot:  # a sentence: heeded, and its words are kept
            self._say(found)
            self._plain += 1
        self.seen.add(n)
        return not self._foot or bool(LEGEND_WORD.fullmatch(text))

    def of_talk(self, line: str) -> bool:
        """Whether a label of several words, one of them another's label, begins a turn.

        ``Student interviewer: Why?`` says nothing of ``Student``; ``Interviewer B: Bo Stamm`` does of ``B``.
        """
        return any(
            h.form in self._forms
            and h.label not in self._labels
            and not self._labels.keys().isdisjoint(words := h.label.split())
            and len(words) > 1
            and SENTENCE.search(h.text.rstrip()) is not None
            for h in candidates(line)
        )

    def _somebody(self, text: str) -> str | None:
        """The key of the label that a line says something of: ``B – Ethnografin``, but not ``B | 0:05``."""
        match = _OTHER.fullmatch(text.strip("|[]() "))
        if match is None or match[1] not in self._labels or only_time(match[2]):
            return None
        return self._labels[match[1]] if len(match[2].split()) <= 4 and not SENTENCE.search(text) else None

    def enough(self) -> bool:
        """Whether it is a legend for sure: of lines that read like turns, two, or a role's word alone."""
        return self._plain > 0 or self._like_turns > 1 or self._sure

    def _add(self, n: int, found: Mapping[str, Role | None]) -> None:
        self.lines.add(n)
        self.seen.add(n)
        self._say(found)

    def _say(self, found: Mapping[str, Role | None]) -> None:
        for key, role in found.items():
            self.roles[key] = None if self.roles.get(key, role) != role else role

    def _named(self, line: str) -> tuple[str, Role] | None:
        """``Interviewer: Bo Stamm`` where ``B``, ``S``, ``BS`` or ``Bo`` speaks."""
        head = next((h for h in candidates(line) if h.form in ("colon", "bold", "gap", "dashed")), None)
        if head is None:
            return None
        words = head.text.split()
        role = derived_role(head.label)
        if (
            role is None
            or len(normal(head.label)) < 2
            or not 0 < len(words) <= 4
            or SENTENCE.search(head.text.rstrip("."))
        ):
            return None
        if head.text.endswith((".", "?", "!")) or not all(word[:1].isupper() for word in words):
            return None
        first, last = words[0], words[-1]
        for ways in ((head.text, "".join(w[0] for w in words), first, last), (first[0],), (last[0],)):
            keys = {label_key(way) for way in ways} & set(self._labels.values())
            if len(keys) == 1:
                return keys.pop(), role
        return None

    def _pairs(self, text: str) -> dict[str, Role] | None:
        """The labels and roles of a line; None where it has both and they cannot be told apart."""
        if len(text) > _LONG:
            return {}
        whole = self._marks(text)
        if not any(isinstance(m, tuple) for m in whole) or not any(isinstance(m, str) for m in whole):
            return {}
        if _NOT.search(text):
            return None
        kinds = [isinstance(mark, tuple) for mark in whole]
        if len(kinds) % 2 == 0 and all(a != b for a, b in pairwise(kinds)):
            return self._joined([whole[i : i + 2] for i in range(0, len(whole), 2)])
        for sign in (r"[;|/\n]", r"[;|/\n,]"):
            parts = [(part, marks) for part in re.split(sign, text) if (marks := self._marks(part))]
            sure = all(
                sum(isinstance(m, str) for m in marks) == 1 < len(marks)
                and (len(marks) == 2 or self._only_marks(part))
                for part, marks in parts
            )
            if sure:
                return self._joined([marks for _, marks in parts])
        return None

    @staticmethod
    def _joined(parts: Iterable[Sequence[str | tuple[str]]]) -> dict[str, Role] | None:
        out: dict[str, Role] = {}
        for part in parts:
            role = next(m for m in part if isinstance(m, str))
            for mark in part:
                if isinstance(mark, tuple) and out.setdefault(mark[0], role) != role:  # type: ignore[arg-type]
                    return None
        return out

    def _only_marks(self, text: str) -> bool:
        words = [match[0] for match in _WORD.finditer(text)]
        return all(w in self._labels or w.casefold() in _AND or role_of(w) for w in words)

    def _marks(self, text: str) -> list[str | tuple[str]]:
        """Labels (in a tuple) and roles in their order; a role said twice running counts once."""
        out: list[str | tuple[str]] = []
        for match in _WORD.finditer(text):
            word = match[0]
            if word in self._labels:
                mark: str | tuple[str] | None = (self._labels[word],)
            else:
                mark = _ASKS.get(word.casefold()) or (role_of(word) if len(normal(word)) > 1 else None)
            if mark and (not out or out[-1] != mark):
                out.append(mark)
        return out


def _around(lines: Sequence[str], found: set[int]) -> None:
    """The title above a legend, and the head of a table that is one, are of it."""
    for n in sorted(found):
        table = lines[n].lstrip(EDGE).startswith("|")
        above = n - 1
        while above >= 0 and above not in found:
            line = lines[above].strip(EDGE)
            if LEGEND_WORD.fullmatch(bare(line)) or (table and line.startswith("|")):
                found.add(above)
            elif line:
                break
            above -= 1
