"""Kind and category of labels that no codebook entry decides, from the set of labels.

Each answer comes with its ``basis``, the rule that gave it. Nothing depends on the labels' order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from kb.codebook.labels import Bracket, Kind, bracket, marked, prefix, question_prefix, stem, words

CODEBOOK = "codebook"
BY_BRACKET = "rule: brackets"
BY_QUESTION = "rule: question number"
BY_PREFIX = "rule: prefix"
DEFAULT = "default"

# Words of grammar, which labels of any study begin with ("no-signal", "how-to-…"); no group of codes.
_GRAMMAR_WORDS = """a an and are as at be by can cannot do does for from has have how if in into is
    it its more most much need no non not of off on only or our out over than that the their there they
    this to too un under use we what when where which who why will with without"""
_GRAMMAR = frozenset(_GRAMMAR_WORDS.split())
# Two labels make a group.
_ENOUGH_LABELS = 2


class Rules:
    """The rules, ready for one set of labels.

    Args:
        labels: All labels (folded) of the study.
        declared: Ids and full names of categories that a codebook declares; they win.
    """

    def __init__(self, labels: Iterable[str], declared: Mapping[str, str]) -> None:
        self._labels = sorted(set(labels))
        self._stems = _stems_by_prefix(self._labels)
        self.category_names: dict[str, str | None] = dict(declared)
        self._ids = {id_.casefold(): id_ for id_ in sorted(declared)}
        self._brackets: dict[str, Bracket] = {}
        for label in self._labels:
            found = bracket(label)
            if found and self._is_category(found):
                self._brackets[label] = found
                id_ = self._ids.setdefault(found.id.casefold(), found.id)
                self.category_names.setdefault(id_, found.name or None)
        for folded, spellings in sorted(self._stems.items()):
            shared = len({stem_ for stems in spellings.values() for stem_ in stems}) >= _ENOUGH_LABELS
            if folded not in self._ids and shared and folded not in _GRAMMAR and not folded.isnumeric():
                id_ = min(spellings, key=lambda spelling: (-len(spellings[spelling]), spelling))
                self._ids[folded] = id_
                self.category_names.setdefault(id_, None)

    def kind(self, label: str) -> tuple[Kind, str]:
        """Kind of a label, and the rule that says so."""
        if label in self._brackets:
            return "category", BY_BRACKET
        if question_prefix(label):
            return "question", BY_QUESTION
        mark = marked(label)
        if mark:
            return mark.kind, mark.basis
        # Codes of a study that has no codebook are read as issues: that is what kb is asked about.
        return "issue", BY_PREFIX if self.category(label)[0] else DEFAULT

    def category(self, label: str) -> tuple[str | None, str]:
        """Id of a label's category, or None, and the rule that says so."""
        if label in self._brackets:
            return self._ids[self._brackets[label].id.casefold()], BY_BRACKET
        question = question_prefix(label)
        if question:
            return self._ids.get(question.casefold(), question), BY_QUESTION
        found = prefix(label)
        id_ = self._ids.get(found.casefold()) if found else None
        return (id_, BY_PREFIX) if id_ else (None, DEFAULT)

    def _is_category(self, found: Bracket) -> bool:
        """Whether a bracket holds the id of a category, and no remark such as ``(GPU)``.

        In square brackets one word does. In round ones it must abbreviate the label
        (``Model-Training-issues (MT)``). In either, other labels may use it as their prefix.
        """
        if found.id.casefold() in self._stems or found.id.casefold() in self._ids:
            return True
        if " " in found.id:
            return False
        return found.square or _abbreviates(found.id, found.name)


def _stems_by_prefix(labels: Iterable[str]) -> dict[str, dict[str, set[tuple[str, ...]]]]:
    """Prefix (case folded) → its spellings → what is coded under it.

    An issue and its fix are one stem: they alone do not make their first word a category.
    """
    stems: dict[str, dict[str, set[tuple[str, ...]]]] = defaultdict(lambda: defaultdict(set))
    for label in labels:
        found = prefix(label)
        if found and not question_prefix(label):
            stems[found.casefold()][found].add(words(stem(label)))
    return stems


def _abbreviates(short: str, name: str) -> bool:
    """Whether capitals abbreviate a name: they are, in order, among the initials of its words.

    A word in capitals gives all its letters: ``MLP`` abbreviates ``ML-pipeline-issues``.
    """
    parts = name.replace("-", " ").replace("_", " ").split()
    initials = iter("".join(part if part.isupper() else part[0] for part in parts).casefold())
    return short.isupper() and all(letter in initials for letter in short.casefold())
