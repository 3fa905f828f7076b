"""The worksheets of a Causal Map workbook and their columns, in the versions of the app.

From the app's public guide (guide.causalmap.app: links with `from_label` and `to_label`, `statements`,
`sources`, `factors`, `questions`) and the documentation of its fourth version, whose links have `cause`,
`effect` and `selected_text` and whose sources hold their whole text as `content`. Further columns and sheets
are allowed and kept by neither; kb writes some of its own, so that what it exports comes back whole.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from loaders._sheet import Sheet
from loaders._text import fold

LINKS, STATEMENTS, SOURCES, FACTORS, QUESTIONS = "links", "statements", "sources", "factors", "questions"
#: Relations that are no causes, which the app has no place for.
OTHERS = "other_links"
SHEETS = (LINKS, STATEMENTS, SOURCES, FACTORS, QUESTIONS, OTHERS)

# The columns of each field, the surest first.
_COLUMNS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    LINKS: {
        "cause": ("from_label", "cause"),
        "effect": ("to_label", "effect"),
        "from": ("from", "from_id"),
        "to": ("to", "to_id"),
        "quote": ("quote", "selected_text"),
        "statement": ("statement_id",),
        "source": ("source_id", "source"),
        "tags": ("hashtags", "tags"),
        "note": ("link_memo", "memo"),
        "coder": ("coder", "username", "created_by"),
        "relation": ("relation",),
        "explicit": ("explicit",),
        "to_statement": ("to_statement_id",),
        "to_quote": ("to_quote",),
    },
    STATEMENTS: {
        "id": ("statement_id", "id"),
        "text": ("text", "statement", "content"),
        "source": ("source_id",),
        "question": ("question_id",),
        "note": ("statement_memo",),
        "speaker": ("speaker",),
        "role": ("role",),
    },
    SOURCES: {
        "id": ("source_id", "id"),
        "title": ("title", "source_title", "name"),
        "text": ("content", "text"),
        "note": ("source_memo",),
        "participant": ("participant",),
    },
    FACTORS: {
        "label": ("label", "factor_label", "factor"),
        "id": ("factor_id", "id"),
        "note": ("factor_memo", "description"),
    },
    QUESTIONS: {"id": ("question_id",), "text": ("question_text", "text")},
}
# What the app computes or keeps for itself.
_FORMAL = re.compile(
    r"link_id|id|map_id|.*_map_id|project(?:_?name)?|projectname|created_(?:at|on)|updated_(?:at|on)|modified.*|"
    r"size|frequency|is_flipped|.*_flipped|simple_bundle|.*bundle.*|link_label|capacity|weight|actualisation|"
    r"strength|certainty|text_start_offset|(?:text_)?end_offset|.*_count.*|factor_map_id|n|colou?r|embedding.*|"
    r"metadata|question_id|user(?:_id)?|session.*|quote_?id|statement_?code|source_map_id|file_?name|title"
)


class Page:
    """One worksheet by the names of its columns.

    Args:
        name: One of `SHEETS`.
        sheet: Its rows.
    """

    def __init__(self, name: str, sheet: Sheet) -> None:
        self.name = name
        self.header = [fold(cell) for cell in sheet.rows[0]] if sheet.rows else []
        lower = [cell.lower().replace(" ", "_") for cell in self.header]
        self.at: dict[str, int] = {}
        for field, names in _COLUMNS[LINKS if name == OTHERS else name].items():
            found = next((lower.index(each) for each in names if each in lower), None)
            if found is not None and found not in self.at.values():
                self.at[field] = found
        self.rows = sheet.rows[1:]
        self.lines = sheet.lines[1:]

    def get(self, row: Sequence[str], field: str) -> str:
        """A field of a row, white space folded; ``""`` if there is none."""
        return fold(self.raw(row, field))

    def raw(self, row: Sequence[str], field: str) -> str:
        """The same with its line ends."""
        at = self.at.get(field)
        return row[at] if at is not None and at < len(row) else ""

    @property
    def others(self) -> dict[str, int]:
        """Columns that no field is read from and that the app does not fill by itself."""
        return {
            name: n
            for n, name in enumerate(self.header)
            if name and n not in self.at.values() and not _FORMAL.fullmatch(name.lower().replace(" ", "_"))
        }


def pages(sheets: Sequence[Sheet]) -> dict[str, Page]:
    """The worksheets that the app reads, by name."""
    return {
        name: Page(name, sheet)
        for sheet in sheets
        if (name := sheet.name.strip().lower()) in SHEETS and sheet.rows
    }


def is_map(found: Mapping[str, Page]) -> bool:
    """Whether the worksheets are a causal map: links between causes and effects."""
    if LINKS not in found:
        return False
    at = found[LINKS].at
    by_label = {"cause", "effect"} <= at.keys()
    return by_label or ({"from", "to"} <= at.keys() and FACTORS in found and "label" in found[FACTORS].at)
