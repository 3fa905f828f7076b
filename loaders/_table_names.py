"""Which columns mean what, and which tool wrote them; names are compared as `plain` gives them."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import NamedTuple

from loaders._table_words import NAMES

# What a tool writes beside its codings that says nothing of what was said or coded.
_FORMAL = re.compile(
    r"#|no|nr|id|n|row|uuid|guid|.*\bid|(?:code ?|codes? )?colou?rs?|farbe|couleur|color|cor|colore|kleur|"
    r"色|颜色|цвет|"
    r"(?:.* )?(?:date|datum|created|created on|creation date|modified|modified on|last modified|last update|"
    r"erstellt|erstellt am|bearbeitet|bearbeitet am|geändert|geändert am|modified by|bearbeitet von|"
    r"geändert von|created at|updated at|created by user|"
    r"(?:creado|criado|creato|créé|gemaakt|modificado|modifié|modificato|gewijzigd)(?: \w{2,4})?|"
    r"作成日|変更日|変更者|创建时间|修改时间|修改者|создано|изменено|кем изменено)|"
    r"end|ende|end position|end time|stop|fin|final|fine|fim|einde|"
    r"終了|结束|конец|duration|dauer|länge|length|size|extent|"
    r"characters|coverage.*|abdeckung.*|cobertura.*|couverture.*|copertura.*|dekking.*|カバー率.*|覆盖率.*|"
    r"покрытие.*|area|fläche|surface|superficie|superfície|gebied|エリア|区域|область|"
    r"density|dichte|densidad|densité|densidade|densità|aggregate|"
    r"(?:number|anzahl|count) .*|.* count|"
    r"quotation name|zitatname|nombre de la cita|nom de la citation|nome da citação|nome della citazione|"
    r"número|numéro|numero|reference number|resource creator|type|medientyp|media type|unnamed.*|tool|"
    r"(?:coding |code )?(?:frequency|häufigkeit)"
)
_NO_WEIGHT = {"", "0", "0.0", "none", "nan"}


class Tool(NamedTuple):
    """A tool by columns that only its tables have together.

    Attributes:
        name: As its makers call it.
        needs: For each, one of these names must be there.
        parts: What parts several codes in one cell, the surest first.
        levels: What parts the levels of a code's path.
    """

    name: str
    needs: tuple[str, ...]
    parts: str
    levels: tuple[str, ...]


TOOLS = (
    Tool("Dedoose", ("excerpt copy",), ",", ("\\",)),
    Tool(
        "ATLAS.ti",
        ("quotation content|zitatinhalt|contenido de la cita|contenu de la citation|conteúdo da citação",),
        "\n;,",
        (),
    ),
    Tool(
        "MAXQDA",
        (
            "document name|dokumentname|nombre del documento|nom du document|nome do documento|"
            "nome del documento|documentnaam|dokumentnavn|文書名|文档名|имя документа",
            "segment|segmento|coded segment|codiertes segment|セグメント|片段|编码片段|сегмент",
        ),
        "\n",
        (" > ", ">", "\\"),
    ),
    Tool("Taguette", ("id", "document", "tag", "content"), "", ()),
    Tool("NVivo", ("hierarchical name|node|nodes|knoten|node name",), "\n;", ("\\",)),
    Tool("Delve", ("snippet|snippet text",), "\n;,", ()),
)
OTHER = Tool("", (), "\n;|", (" > ", "\\"))


@cache
def plain(name: str) -> str:
    """A column's name in small letters, without accents and punctuation.

    >>> plain("Codes  Applied (Combined)"), plain("Äußerung:"), plain("from_label"), plain("tag...3")
    ('codes applied combined', 'ausserung', 'from label', 'tag')
    """
    name = re.sub(r"\.{3}\d+$|(?<=\w)\.\d+$", "", name.strip())  # what R and pandas add to the second
    letters = unicodedata.normalize("NFKD", name.casefold().replace("ß", "ss"))
    bare = "".join(char for char in letters if not unicodedata.combining(char))
    return " ".join(re.sub(r"[^\w#]+|_", " ", unicodedata.normalize("NFC", bare)).split())


@cache
def names() -> dict[str, dict[str, int]]:
    """For each field its names as `plain` gives them, with how sure each is (0 is the surest)."""
    found: dict[str, dict[str, int]] = {}
    for field, text in NAMES.items():
        own = found.setdefault(field, {})
        for number, name in enumerate(part for part in text.split("|")):
            own.setdefault(plain(name), number)
    return found


FIELDS = (*NAMES, "attributes", "ignore", "separator")


def is_formal(name: str) -> bool:
    """Whether a column holds ids, dates, colours, counts and the like."""
    return _formal().fullmatch(plain(name)) is not None


@cache
def _formal() -> re.Pattern[str]:
    letters = unicodedata.normalize("NFKD", _FORMAL.pattern)
    return re.compile("".join(char for char in letters if not unicodedata.combining(char)))


def says_something(cell: str) -> bool:
    """Whether a cell of a column that is not read holds anything: a weight of 0 is none."""
    return cell.strip().casefold() not in _NO_WEIGHT


def tool_of(columns: set[str]) -> Tool:
    """The tool that writes columns of these names (as `plain` gives them)."""
    for tool in TOOLS:
        if all(any(plain(name) in columns for name in need.split("|")) for need in tool.needs):
            return tool
    return OTHER
