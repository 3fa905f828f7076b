"""Accepting and refusing suggestions, remembered in a relations file (form: docs/relations.md).

An accepted suggestion becomes entries of `relations`, one for each piece of evidence; a refused one
an entry of `refused`, which holds its kind and ends only. Comments and the order of entries are kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from kb.errors import CodebookError, InputError
from kb.relations import load_relations
from kb.suggest.model import PLACES, Evidence, Kind, Known, Suggestion
from kb.text.files import decoded, read_bounded, replace_file
from kb.text.yamlfile import MAX_BYTES, CommentedMap, CommentedSeq, DoubleQuotedScalarString, RoundTrip

_ID = re.compile(r"^S(\d+)$")
_NEW = "# Relations accepted from suggestions, and those refused. The form is in docs/relations.md.\n"


def accept(
    path: Path, suggestion: Suggestion, evidence: Sequence[Evidence] | None = None, note: str | None = None
) -> tuple[str, ...]:
    """Write a suggestion down as relations, and forget that it was refused, if it was.

    Args:
        path: The relations file; a new one is begun where there is none.
        suggestion: The suggestion.
        evidence: Which of its evidence to write down; by default the best of each interview.
        note: The reader's own words, for each entry.

    Returns:
        The ids of the new entries; evidence that the file has already is not written again.

    Raises:
        CodebookError: The file is no relations file.
        InputError: The file cannot be written.
    """
    ledger = _Ledger(path)
    chosen = best_of_each(suggestion.evidence) if evidence is None else evidence
    ids = tuple(
        added
        for item in chosen
        if (added := ledger.add(_entry(suggestion, item, note, ledger.document.get("interview"))))
    )
    forgotten = ledger.forget(Known(suggestion.kind, suggestion.start, suggestion.end))
    if ids or forgotten:
        ledger.write()
    return ids


def refuse(path: Path, kind: Kind, start: str, end: str, note: str | None = None) -> bool:
    """Remember that a relation was refused, so that it is not suggested again.

    Args:
        path: The relations file; a new one is begun where there is none.
        kind: ``causes`` or ``fixes``.
        start: The cause, or the issue.
        end: The effect, or the fix.
        note: Why, in the reader's own words.

    Returns:
        Whether it is new in the file.

    Raises:
        CodebookError: The file is no relations file.
        InputError: The file cannot be written.
    """
    ledger = _Ledger(path)
    if Known(kind, start, end) in ledger.refused():
        return False
    first, second = PLACES[kind]
    entry = CommentedMap({"kind": kind, first: start, second: end})
    if note:
        entry["note"] = note
    ledger.list("refused").append(entry)
    ledger.write()
    return True


def known_relations(paths: Iterable[Path]) -> frozenset[Known]:
    """What relations files have accepted or refused, to be left out of suggestions.

    Raises:
        CodebookError: A file is no relations file.
    """
    known: set[Known] = set()
    for path in paths:
        known.update(Known(r.kind, r.start.name, r.end.name) for r in load_relations(path).relations)
        known.update(_Ledger(path).refused())
    return frozenset(known)


class _Ledger:
    """A relations file, open to be added to."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._newline = "\n"
        text = _NEW + "relations: []\n"
        if path.exists():
            load_relations(path)  # says what is wrong, with the line
            text = decoded(read_bounded(path, MAX_BYTES, CodebookError))
            self._newline = "\r\n" if "\r\n" in text else "\n"
        self._file = RoundTrip(text.replace("\r\n", "\n"))
        self.document = self._file.document

    def list(self, key: str) -> CommentedSeq:
        """The entries under a key of the file; begun if there are none."""
        entries = self.document.get(key)
        if not isinstance(entries, CommentedSeq):
            entries = CommentedSeq()
            self.document[key] = entries
        if not entries:
            entries.fa.set_block_style()
        return entries

    def refused(self) -> frozenset[Known]:
        """The relations that were refused."""
        entries = self.document.get("refused", CommentedSeq())
        if not isinstance(entries, CommentedSeq):
            msg = "'refused' is a list of entries with kind and both ends; see docs/suggestions.md."
            raise CodebookError(msg, self.path)
        return frozenset(self._known(entries, i) for i in range(len(entries)))

    def _known(self, entries: CommentedSeq, index: int) -> Known:
        entry = entries[index]
        if isinstance(entry, dict) and entry.get("kind") in PLACES:
            first, second = PLACES[entry["kind"]]
            if {"kind", first, second} <= set(entry) <= {"kind", first, second, "note"}:
                return Known(entry["kind"], str(entry[first]), str(entry[second]))
        msg = "An entry of 'refused' has a kind (causes or fixes), its two ends and perhaps a note."
        raise CodebookError(msg, self.path, line=entries.lc.item(index)[0] + 1)

    def add(self, entry: dict[str, Any]) -> str | None:
        """Add an entry of `relations`; None if the file has one that says the same."""
        entries = self.list("relations")
        default = self.document.get("interview")
        same = {_said(old, default) for old in entries}
        if _said(entry, default) in same:
            return None
        taken = [int(m.group(1)) for old in entries if (m := _ID.match(str(old.get("id"))))]
        new = f"S{max(taken, default=0) + 1}"
        entries.append(CommentedMap({"id": new, **entry}))
        return new

    def forget(self, known: Known) -> bool:
        """Take a relation out of those refused."""
        if known not in self.refused():
            return False
        entries = self.document["refused"]
        for i in reversed(range(len(entries))):
            if self._known(entries, i) == known:
                del entries[i]
        if not entries:
            del self.document["refused"]
        return True

    def write(self) -> None:
        """Replace the file in one step, so that it is never seen half written."""
        data = self._file.dump().replace("\n", self._newline).encode()
        try:
            replace_file(self.path, data)
        except OSError as error:
            msg = f"The relations file cannot be written ({error.strerror}); choose another place."
            raise InputError(msg, self.path) from error


def _entry(suggestion: Suggestion, evidence: Evidence, note: str | None, interview: object) -> dict[str, Any]:
    """An entry of `relations` without its id; the interview only where the file's is another."""
    own = (
        {}
        if _interview(interview) == evidence.interview
        else {"interview": DoubleQuotedScalarString(evidence.interview)}
    )
    return {
        **own,
        "kind": suggestion.kind,
        **suggestion.ends,
        "explicit": evidence.explicit,
        "quote": DoubleQuotedScalarString(evidence.quote),
        **({"note": note} if note else {}),
    }


def _interview(value: object) -> str:
    text = str(value)
    return text.lstrip("0") or "0" if text.isdecimal() else text


def _said(entry: dict[str, Any], default: object) -> tuple[str, ...]:
    """What makes an entry the same as another: interview, kind, ends and quotes."""
    first, second = PLACES.get(entry.get("kind", ""), ("cause", "effect"))
    quotes = entry.get("quotes") or [entry.get("quote", "")]
    interview = _interview(entry.get("interview", default))
    return (interview, entry["kind"], str(entry.get(first)), str(entry.get(second)), *map(str, quotes))


def best_of_each(evidence: Sequence[Evidence]) -> list[Evidence]:
    """The best evidence of each interview: what `accept` writes down."""
    best: dict[str, Evidence] = {}
    for item in evidence:
        best.setdefault(item.interview, item)
    return list(best.values())
