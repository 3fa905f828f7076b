"""Which lines of a text begin with a speaker's label, told from the whole document.

``Anna: yes`` and ``The problem is: no owner`` look alike, so a line alone cannot say. The document
says: what recurs in the place of a label is one, whatever it looks like; what stands there once is
not, unless it is a role's word (`loaders._roles`), a machine's number (``SPEAKER_01``), is named by
the user or set off like the others; what stands there twice is one where every other paragraph has a
label, or in a short document. What could be a label and is not surely one is `doubtful`: nobody is
said to speak there.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from loaders._headings import candidates, without_aside
from loaders._heads import label_key
from loaders._label import Heading
from loaders._label_forms import Forms
from loaders._label_kinds import FORMS, SET_OFF
from loaders._label_own import Line
from loaders._label_words import AUTHOR, is_known, is_stop
from loaders._roles import is_unknown, role_of
from loaders._times import MARKS, only_time

key = label_key
__all__ = ["Heading", "Labels", "key"]

_FIRST = re.compile(r"[^\W_]+")
_BROKEN = 160  # characters in which a broken label is searched
# What follows a broken label: a letter, a name, a role's word.
_BREAKS = (
    re.compile(r"\s*(?:[;\]*\t|)}]|\.\s|\s[–—-]\s|$)"),
    re.compile(r"\s*(?:[;\]*|)}]|[.,–—-](?:\s|$)|\t|\s+[A-ZÀ-ÖØ-Þ¿¡]|$)|[^:：.?!]{0,40}[:：](?:\s|$)"),
    re.compile(r"\W|$"),
)
_MISTYPED = re.compile(r"([^\W\d_][^:;?]{0,40}?)[ \t]?(?:;|\?:|[:：])[ \t]+[A-ZÀ-ÖØ-Þ¿¡]")
_BEFORE = re.compile(r"^[\W\d_]{1,16}")  # signs and numbers
_SHORT = 2  # letters of an abbreviation
# Forms that head the lines below them; the others stand in the line with the words.
_ABOVE = frozenset({"stamp", "own"})


class Labels:
    """The labels of one document; reads its lines after having seen all of them once.

    Args:
        units: What may be said by one person: a paragraph of one line, or the lines of a caption.
            Blank lines are passed over.
        given: Labels that the user names; they are labels however often they come.
        captions: The units are captions: a label on a line of its own heads only its own caption.
    """

    def __init__(
        self, units: Iterable[str | Sequence[str]], given: Collection[str] = (), *, captions: bool = False
    ) -> None:
        self._captions = captions
        self._given = {key(label) for label in given}
        self._lines = list(self._read_all(units))
        self._forms = Forms(self._lines, self._given, captions=captions)
        self._units = self._forms.units
        self._accepted: dict[str, set[str]] = {}
        accepted = {form: self._forms.decide(form) for form in FORMS}
        weights = {form: self._weight(form, accepted[form]) for form in FORMS}
        #: The form that most of the document's labels have; None where it has no label.
        self.form: str | None = max(FORMS, key=lambda form: weights[form])
        if not weights[self.form]:
            self.form = None
        else:
            self._take(accepted)
        labelled = self._labelled()
        #: How many units begin with a label of the document.
        self.labelled = len(labelled)
        known = any(is_known(h.label) or h.key in self._given for _, h in labelled)
        known = known or self.form == "dotted"
        above = self.form in _ABOVE
        #: Whether the document has labels enough to be the transcript of a conversation.
        self.enough = bool(labelled) and (
            self.labelled >= self._units / 2
            or (self.labelled > 1 and (known or above or self.labelled >= self._units / 5))
        )
        #: The labels in the order of the document, by key.
        self.keys: dict[str, str] = {}
        for _, heading in labelled:
            self.keys.setdefault(heading.key, heading.label)

        self._starts: dict[str, list[str]] = defaultdict(list)
        for label in self.keys.values():
            if match := _FIRST.match(label):
                self._starts[match[0].casefold()].append(label)

    @property
    def heads_passages(self) -> bool:
        """Whether a label stands above what is said, however many paragraphs that is."""
        if self.form in _ABOVE:
            return True
        labelled = [h for _, h in self._labelled()]
        return sum(not h.text.strip() for h in labelled) * 2 > len(labelled)

    def read(self, line: str) -> Heading | None:
        """The label that the line begins with, or None for a line of running text."""
        if not self._accepted:
            return None
        found = {heading.form: heading for heading in candidates(line)}
        for form, keys in self._accepted.items():
            heading = found.get(form)
            if heading and heading.key in keys:
                return heading
            if (
                heading
                and form in ("colon", "bold")
                and (plain := without_aside(heading))
                and plain.key in keys
            ):
                return plain
        return None

    def doubtful(self, line: str) -> Heading | None:
        """What stands in the place of a label and may be none."""
        for heading in candidates(line):
            if heading.key in self._forms.doubted.get(heading.form, ()):
                return heading
            if heading.form == "colon" and heading.key in AUTHOR and self._accepted:
                return heading
            if heading.form == self.form and self._stands_alone(heading):
                return heading
        return None

    def _stands_alone(self, heading: Heading) -> bool:
        """Whether somebody may speak there once, set off as those are who speak often."""
        return (
            heading.form in SET_OFF
            and bool(heading.text.strip())
            and all(word[:1].isupper() for word in heading.label.split())
            and not is_stop(heading.label)
        )

    def broken(self, text: str) -> str | None:
        """The label of the document that a paragraph begins with, written as none is: ``Interviewer; Why?``.

        A letter or a name may begin a sentence too, so these need a sign or a capital after them.
        """
        if self.form is None:
            return None
        head = text.lstrip(MARKS + "-[({")[:_BROKEN]
        whole = text.strip(MARKS + "-[](){}.,;–—")
        first = _FIRST.match(head)
        for label in self._starts.get(first[0].casefold(), ()) if first else ():
            if head[: len(label)].casefold() != label.casefold() or not label[:1].isalnum():
                continue
            if self.form in _ABOVE:
                if whole.casefold() == label.casefold() and len(label) > 1 and not label.islower():
                    return label
                continue
            rest = head[len(label) :]
            pattern = _BREAKS[0] if len(label) == 1 else _BREAKS[1 + is_known(label)]
            if (len(label) > 1 or head[:1] == label) and pattern.match(rest):
                return label
        return None

    def mistyped(self, line: str) -> bool:
        """Whether a line begins with a label that has a wrong sign or letter: ``I; Why?``, ``l: Why?``."""
        if self.form != "colon":
            return False
        match = _MISTYPED.match(_BEFORE.sub("", line[:_BROKEN]))  # also ``[12] Dana: Why?``
        if match is None:
            return False
        label = key(match[1])
        short = len(label) <= _SHORT and any(len(each) <= _SHORT for each in self.keys)
        return short or label in self.keys

    def is_bare(self, line: str) -> bool:
        """Whether the line is a role's word or a label of the document and nothing else."""
        own = next((h for h in candidates(line) if h.form == "own"), None)
        if own is None:
            return False
        word = role_of(own.label) is not None and len(own.label) > 3
        return (word or own.key in self.keys or (is_unknown(own.label) and " " in own.label)) and own.label[
            :1
        ].isupper()

    def _read_all(self, units: Iterable[str | Sequence[str]]) -> Iterable[Line]:
        for number, unit in enumerate(units):
            lines = [unit] if isinstance(unit, str) else unit
            lines = [line for line in lines if line.strip()]
            for n, line in enumerate(lines):
                found = {heading.form: heading for heading in candidates(line)}
                yield Line(number, line, found, only_time(line) is not None, n == len(lines) - 1)

    def _labelled(self) -> list[tuple[int, Heading]]:
        out = []
        units = set()
        for n, line in enumerate(self._lines):
            if line.unit not in units and (heading := self.read(line.text)):
                out.append((n, heading))
                units.add(line.unit)
        return out

    def _weight(self, form: str, keys: set[str]) -> float:
        if not keys:
            return 0
        count = sum(line.found[form].key in keys for line in self._lines if form in line.found)
        # A form with more about it is less likely met by chance; beside questions and answers others speak.
        return count * {"stamp": 1.25, "bold": 1.25, "timed": 1.25, "dotted": 4.0}.get(form, 1.0)

    def _take(self, accepted: dict[str, set[str]]) -> None:
        """The main form's labels, and the same labels in the other forms."""
        main = str(self.form)
        keys = accepted[main] | self._given
        self._accepted[main] = set(keys)
        for form in FORMS:
            if form in (main, "number", "dotted", *SET_OFF):
                continue
            if form == "own" and main not in _ABOVE:
                continue
            same = accepted[form] & keys if accepted[form] else set()
            own = accepted[form] if same and form in ("colon", "stamp", "bold") else same
            if form == "colon" and main in _ABOVE and not same:
                continue
            if own or self._given:
                self._accepted[form] = own | self._given
        if main in ("colon", "bold", "bracket") and not self._captions:
            self._accepted.setdefault("timed", set()).update(self._forms.timed(keys))
        if main == "dotted":
            self._accepted["colon"] = accepted["colon"] | self._forms.capitals()
        if main == "own":
            self._accepted.setdefault("stamp", keys)
        if main == "stamp":
            marked = {h.key for _, h in self._forms.stamped()}
            self._accepted["stamp"] |= marked
        self._forms.doubted.setdefault(main, set())
