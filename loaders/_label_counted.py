"""Questions and answers that are counted: ``Q1``, ``A1``, ``Q2`` …; see `loaders._labels`."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict

from loaders._heads import label_key as key
from loaders._label import Heading

# Questions and answers that are counted; a counted Speaker or Participant is a person of that number.
_COUNTED = re.compile(
    r"(q|a|f|question|answer|frage|antwort|réponse|pregunta|respuesta|domanda|risposta|pergunta|resposta|vraag"
    r"|antwoord|pytanie|odpowiedź|soru|cevap|вопрос|ответ|问|答|問)[ .#]*(\d{1,3})",
    re.IGNORECASE,
)


def _counted(label: str) -> re.Match[str] | None:
    return _COUNTED.fullmatch(unicodedata.normalize("NFKC", label))


def without_count(found: dict[int, Heading]) -> dict[int, Heading]:
    """The headings with ``Q1``, ``A1``, ``Q2`` … as ``Q`` and ``A``: questions are counted, not people."""
    groups: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for n, heading in found.items():
        if match := _counted(heading.label):
            groups[key(match[1])].append((n, int(match[2])))
    out = dict(found)
    for places in groups.values():
        numbers = [number for _, number in places]
        if len(numbers) < 3 or len(set(numbers)) < len(numbers) or numbers != sorted(numbers):
            continue
        for n, _ in places:
            match = _counted(found[n].label)
            out[n] = found[n]._replace(label=match[1] if match else found[n].label)
    return out
