"""What analysts call a link between two codes, as one of kb's kinds of relation.

Links of REFI-QDA, QualCoder's lines and ATLAS.ti's relations carry a name of the analyst's own. Read as
the phrase between the two ends ("A leads to B"), many say what a kind of `kb.relation.KINDS` says, along
it or against it. Every verb of that table counts, and the phrases below, in some languages; what says less
or something else (*may cause*, *affects*, *is part of*) stays what the analyst called it.

A further phrase is a word in `_ALONG` or `_AGAINST`.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import NamedTuple

from kb.records import End, Relation
from kb.relation import KINDS


class LinkKind(NamedTuple):
    """What a link's name says.

    Attributes:
        kind: Name of a kind of `kb.relation.KINDS`.
        reversed: The relation runs from the link's target to its origin (``is caused by``).
    """

    kind: str
    reversed: bool


# Regular expressions over `_plain` names: without accents, articles and forms of *to be*.
_ALONG = {
    "causes": r"""caus(?:e[sd]?|ing|al|ality|ation)|causal (?:link|relation(?:ship)?)|leads? to|led to|
        leading to|(?:root )?cause (?:of|for)|reasons? (?:of|for)|results? in|resulted in|resulting in|
        triggers?|triggered|triggering|bring(?:s|ing)? about|brought about|g[ia]ves? rise to|
        contribut(?:es?|ed|ing) to|produc(?:es?|ed)|provok(?:es?|ed)|induc(?:es?|ed)|responsible for|
        verursacht|fue?hrt zu|bewirkt|loe?st aus|ursache (?:von|fue?r)|grund fue?r|entraine|provoque|
        mene|conduit|(?:la )?cause de|causa(?: d[ei]l?)?|provoca|conduce|lleva|leva|
        resulta e[mn]|porta|conduz|veroorzaakt|leidt tot|oorzaak van""",
    "fixes": r"""(?:fixed|solved|resolved|repaired|remedied|mitigated|cured) by|
        has (?:fix|solution|remedy)|behoben (?:durch|von|mit)|geloe?st (?:durch|von|mit)|
        (?:wird |wurde )(?:behoben|geloe?st) (?:durch|von|mit)|(?:resolu|corrige|regle) par|
        (?:resuelto|solucionado|resolvido) por|risolto da|opgelost door""",
    "does-not-fix": r"""not (?:fixed|solved|resolved|repaired|remedied|cured) by|
        nicht (?:behoben|geloe?st) (?:durch|von|mit)|
        (?:wird |wurde )nicht (?:behoben|geloe?st) (?:durch|von|mit)|(?:pas|non) (?:resolu|corrige) par""",
    "detects": r"""(?:detected|shown|revealed|discovered|found|noticed) (?:by|with|through)|
        erkannt (?:durch|an|mit)|(?:wird )?(?:entdeckt|erkannt) (?:durch|von|mit)|detecte par|
        detectado por""",
}  # fmt: skip
_AGAINST = {
    "causes": r"""(?:caused|triggered|produced|provoked|induced|brought about) by|has (?:root )?cause|
        (?:due|owing) to|because(?: of)?|
        (?:results?|resulted|resulting|stems?|stemmed|arises?|arose|follows) from|
        (?:effect|consequence|result|outcome) of|
        (?:wird |wurde )?(?:verursacht|ausgeloe?st|bewirkt) (?:durch|von)|(?:folge|wirkung) von|wegen|
        (?:causee?|provoquee?|entrainee?) par|due?e?|resulte de|consequence de|
        (?:causad[oa]|provocad[oa]) por|debido|devido|consecuencia de|consequencia de|causat[oa] da|
        dovut[oa]|veroorzaakt door|gevolg van""",
    "fixes": r"""fix(?:es|ed|ing)?|solv(?:es?|ed|ing)|resolv(?:es?|ed|ing)|repair(?:s|ed)?|
        remed(?:y|ies|ied)|mitigat(?:es?|ed)|cure[sd]?|(?:fix|solution|remedy) (?:for|of|to)|behebt|
        loe?st|loe?sung (?:von|fue?r)|resout|solution(?: de)?|resuelve|soluciona|resolve|
        solucion(?: de)?|solucao para|risolve|lost op""",
    "does-not-fix": r"""(?:does|did|do|could|can) not (?:fix|solve|resolve|repair|remedy|cure)|
        (?:doesn|didn|don|couldn|can) t (?:fix|solve|resolve|repair|remedy|cure)|
        no (?:fix|solution|remedy) for|(?:behebt|loe?st) nicht|ne (?:resout|corrige) pas|
        no (?:resuelve|soluciona)|nao resolve|non risolve""",
    "detects": r"""detects?|detected|shows?|showed|reveals?|revealed|uncovers?|erkennt|entdeckt|zeigt|
        detecte|revele|detecta|rileva""",
}  # fmt: skip
# What changes nothing of what a name says.
_FILLERS = re.compile(
    r"\b(?:(?:has|have|had) been|the|an?|is|are|was|were|be|been|being|gets?|got|it|this|which|that|thus|"
    r"also|then|often|usually|always|directly|mostly|ist|sind|war|eine?|die|der|das|est|sont|es|son|e|een)\b"
)
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")  # isCauseOf


def link_kind(name: str) -> LinkKind | None:
    """The kind that a link's name means; None if it means none of them.

    Args:
        name: As the analyst wrote it, read from the link's origin to its target.

    >>> link_kind("is cause of"), link_kind("wird verursacht durch"), link_kind("is part of")
    (LinkKind(kind='causes', reversed=False), LinkKind(kind='causes', reversed=True), None)
    """
    return next((found for found, pattern in _patterns() if pattern.fullmatch(_plain(name))), None)


def named_relation(
    name: str, start: End, end: End, coder: str | None = None, note: str | None = None
) -> Relation:
    """A link as a relation: of the kind that its name means, else of the name itself.

    Args:
        name: The link's name; "is related to" if it is empty.
        start: Its origin.
        end: Its target; of a name that reads the other way (``is caused by``), they change places.
        coder: Who drew it.
        note: Their words.
    """
    name = " ".join(name.split())
    found = link_kind(name)
    if found is None:
        return Relation(kind=name or "is related to", start=start, end=end, coder=coder, note=note)
    if found.reversed:
        start, end = end, start
    return Relation(kind=found.kind, start=start, end=end, coder=coder, note=note)


@cache
def _patterns() -> list[tuple[LinkKind, re.Pattern[str]]]:
    """For each kind its own verbs, and the phrases above."""
    own = [(LinkKind(kind.name, back), _plain(phrase)) for kind in KINDS
           for phrase, back in ((kind.verb, False), (kind.back, True), (kind.short, False))]  # fmt: skip
    found = [(kind, re.compile(re.escape(phrase))) for kind, phrase in own]
    for table, back in ((_AGAINST, True), (_ALONG, False)):
        for name, phrases in table.items():
            found.append((LinkKind(name, back), re.compile(re.sub(r"\n\s*", "", phrases))))
    return found


def _plain(name: str) -> str:
    """Small letters and digits without accents, words apart, fillers left out; ``ß`` as ``ss``."""
    spaced = _HUMP.sub(" ", name.strip()).casefold()
    letters = "".join(c for c in unicodedata.normalize("NFKD", spaced) if not unicodedata.combining(c))
    words = re.sub(r"[\W_]+", " ", letters)
    return " ".join(_FILLERS.sub(" ", words).split())
