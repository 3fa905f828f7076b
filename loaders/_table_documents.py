"""Which interview each row of a table is of."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from loaders._source import SourceName, interview_id, name_parts
from loaders._table_rows import Row

_NUMBERED = re.compile(r"D ?\d+: ?(?=\S)")  # ATLAS.ti's number before a document's name


class Home(NamedTuple):
    """An interview.

    Attributes:
        id: Of the interview.
        title: The document's name without ending, date and coder.
        coder: Whom the document's name names, as ``Interview 11 - Ada``.
    """

    id: str
    title: str
    coder: str | None


Document = tuple[str, str]  # group and name


def homes(documents: Iterable[Document], *, coders: bool = True) -> tuple[dict[Document, Home], list[str]]:
    """The interview of each document, two documents never in one unless their names say so.

    Names that differ in the coder alone (``Interview 11 - Ada``, ``Interview 11 - Ben``) are one numbered
    interview. Documents of one name in two groups are two.

    Args:
        documents: As the file names them.
        coders: What stands behind a dash may name the coder; if not, each document is an interview.

    Returns:
        By document; and the names of those that had to be kept apart by more than their usual id.
    """
    documents = sorted(set(documents))
    found: dict[Document, Home] = {}
    by_id: dict[str, list[Document]] = defaultdict(list)
    parts = {each: name_parts(Path(each[1] or "document")) for each in documents}
    for document, name in parts.items():
        by_id[name.interview].append(document)
    apart: list[str] = []
    for id_, same in by_id.items():
        if len(same) == 1 or (coders and _one_interview([parts[each] for each in same], same)):
            for each in same:
                found[each] = Home(id_, parts[each].title, parts[each].coder)
            continue
        apart += [name for _, name in same]
        for each in same:
            found[each] = Home(_whole_id(each, same), _title(each, same), None)
    return _unlike(found), sorted(set(apart))


def _one_interview(names: Sequence[SourceName], documents: Sequence[Document]) -> bool:
    coders = [name.coder for name in names]
    return (
        names[0].interview.isdigit()
        and all(coders)
        and len(set(coders)) == len(coders)
        and len({group for group, _ in documents}) == 1
    )


def _title(document: Document, same: Sequence[Document]) -> str:
    group, name = document
    twice = sum(other == name for _, other in same) > 1
    return f"{group} {name}".strip() if twice else name


def _whole_id(document: Document, same: Sequence[Document]) -> str:
    """A slug of the whole name, with the group's where the name alone is another's too."""
    title = _title(document, same)
    slug = interview_id(f"_{title}")  # a number alone would be an id that another name has, too
    return re.sub(r"^-+", "", slug) or title


def _unlike(found: dict[Document, Home]) -> dict[Document, Home]:
    """Ids that are still alike, as of names of signs alone, with a number."""
    seen: dict[str, tuple[str, int]] = {}
    result: dict[Document, Home] = {}
    for document, home in found.items():
        key = home.id
        number = 1
        while key in seen and seen[key][0] != home.title:
            number += 1
            key = f"{home.id}-{number}"
        seen[key] = (home.title, number)
        result[document] = home._replace(id=key)
    return result


def documents_of(rows: Sequence[Row]) -> tuple[list[Document], int]:
    """The document of each row, and how many of them name none and are taken to be of the one above."""
    if all(_NUMBERED.match(row.document) for row in rows if row.document):
        rows = [row._replace(document=_NUMBERED.sub("", row.document)) for row in rows]
    names_in: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        names_in[row.document].add(row.group)
    above: Document = ("", "")
    carried = 0
    result = []
    for row in rows:
        if row.document:
            above = (row.group if len(names_in[row.document]) > 1 else "", row.document)
        elif above[1]:
            carried += 1
        result.append(above)
    return result, carried
