"""From the labels of a study to its concepts: the codebook decides, then the rules propose."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from kb.codebook.labels import Kind, fold, marked
from kb.codebook.model import NONE, Codebook
from kb.codebook.pairing import LEVELS, Names
from kb.codebook.rules import CODEBOOK, Rules


@dataclass(frozen=True, slots=True)
class Concept:
    """What labels of one meaning stand for: one `Concept` node of the graph.

    Attributes:
        name: Its label in the codebook; else the label as written.
        kind: Issue, fix, cause, topic, question or category.
        category: Id of its category, or None.
        category_name: Full name of the category, where the codebook or a bracket gives one.
        description: From the codebook; ``""`` without.
        title: From the codebook, what figures may call it; ``""`` without.
        issue: For a fix, the name of the issue it belongs to; None where none was found.
        basis: What decided the kind: ``codebook``, ``rule: …`` or ``default``.
        category_basis: What decided the category, in the same words.
        issue_basis: What decided the issue; ``""`` for a concept that is no fix.
        catalogue, ref, attribute: For an issue of a catalogue: the catalogue's id, the issue's id there,
            and the quality attribute it harms.
    """

    name: str
    kind: Kind
    category: str | None
    category_name: str | None
    description: str
    issue: str | None
    basis: str
    category_basis: str
    issue_basis: str
    catalogue: str | None = None
    ref: str | None = None
    attribute: str | None = None
    title: str = field(default="", repr=False)

    def __str__(self) -> str:
        """What fingerprints are made of: as it was before there were titles, where there is none."""
        return repr(self) + (f" titled {self.title!r}" if self.title else "")


class Pairing(NamedTuple):
    """The issue of a fix; without one, the issues that were equally good (or none)."""

    issue: str | None
    basis: str
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True)
class Resolution:
    """What a set of labels means under a codebook; made by `resolve`.

    Attributes:
        codebook: The codebook it was made with.
        names: Each label (folded) to the name of its concept.
        by_name: The concepts, those included that no label names but a fix belongs to.
        pairings: For each fix, its issue or why it has none.
        categories: Ids of the categories that the codebook declares or a concept is in, to their full
            names, where known.
    """

    codebook: Codebook
    names: Mapping[str, str]
    by_name: Mapping[str, Concept]
    pairings: Mapping[str, Pairing]
    categories: Mapping[str, str | None]

    def concept(self, label: str) -> Concept:
        """The concept of a label, a codebook alias, or a concept's own name.

        Raises:
            KeyError: The label is not of this study.
        """
        folded = fold(label)
        name = self.names.get(folded) or self.codebook.canonical(folded) or folded
        return self.by_name[name]

    @cached_property
    def concepts(self) -> tuple[Concept, ...]:
        """All concepts, by name."""
        return tuple(self.by_name[name] for name in sorted(self.by_name))


def resolve(labels: Iterable[str], codebook: Codebook) -> Resolution:
    """Map labels to concepts.

    A pure function of the set of labels and the codebook: neither order nor repeats matter. Labels
    become one concept through the codebook only, never by likeness.

    Args:
        labels: The codes of a whole study, as written.
        codebook: What is decided; `Codebook.empty()` leaves all to the rules.
    """
    folded = sorted({fold(label) for label in labels} - {""})
    names = {label: codebook.canonical(label) or label for label in folded}
    rules = Rules([*folded, *names.values()], codebook.categories)
    used = set(names.values())
    kinds = {name: _kind(name, codebook, rules) for name in used | set(codebook.entries)}

    issues = Names(name for name, (kind, _) in kinds.items() if kind == "issue")
    fixes = sorted(name for name in used if kinds[name][0] == "fix")
    pairings = {name: _pair(name, codebook, kinds, issues) for name in fixes}
    used |= {pairing.issue for pairing in pairings.values() if pairing.issue}

    categories: dict[str, str | None] = dict(codebook.categories)
    by_name = {}
    for name in sorted(used):
        kind, basis = kinds[name]
        category, category_basis = _category(name, codebook, rules)
        if category is not None:
            categories.setdefault(category, rules.category_names.get(category))
        entry = codebook.entries.get(name)
        pairing = pairings.get(name, Pairing(None, ""))
        by_name[name] = Concept(
            name=name,
            kind=kind,
            category=category,
            category_name=categories[category] if category is not None else None,
            description=entry.description if entry else "",
            title=entry.title if entry else "",
            issue=pairing.issue,
            basis=basis,
            category_basis=category_basis,
            issue_basis=pairing.basis,
        )
    return Resolution(codebook, names, by_name, pairings, categories)


def _kind(name: str, codebook: Codebook, rules: Rules) -> tuple[Kind, str]:
    entry = codebook.entries.get(name)
    return (entry.kind, CODEBOOK) if entry and entry.kind else rules.kind(name)


def _category(name: str, codebook: Codebook, rules: Rules) -> tuple[str | None, str]:
    entry = codebook.entries.get(name)
    if entry and entry.category:
        return (None if entry.category == NONE else entry.category), CODEBOOK
    return rules.category(name)


def _pair(fix: str, codebook: Codebook, kinds: Mapping[str, tuple[Kind, str]], issues: Names) -> Pairing:
    """The issue of a fix: as the codebook says, else the one name that agrees best with its stem."""
    entry = codebook.entries.get(fix)
    if entry and entry.issue == NONE:
        return Pairing(None, CODEBOOK)
    if entry and entry.issue:
        issue = codebook.canonical(entry.issue)
        # A merge may have made another kind of it; then the rules are asked again.
        if issue and kinds[issue][0] == "issue":
            return Pairing(issue, CODEBOOK)
    mark = marked(fix)
    if mark is None:
        return Pairing(None, "none found")
    stem = codebook.canonical(mark.stem) or mark.stem
    best = issues.best(stem)
    if best is None:
        return Pairing(None, "none found")
    level, names = best
    if len(names) > 1:
        return Pairing(None, "several found", tuple(names))
    return Pairing(names[0], f"rule: {LEVELS[level]}")
