"""The XML of a Word document: its names, styles and bold, and which of its comments are replies."""

from __future__ import annotations

from typing import Any

from loaders._times import BOLD, BOLD_END

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
_BOLD_HEAD = 90  # characters that a bold label may have


def replies(document: Any) -> set[str]:
    """Ids of the last paragraphs of comments that answer another one: talk about a code, no code."""
    from lxml import etree

    for relation in document.part.rels.values():
        if str(relation.reltype).endswith("/commentsExtended") and not relation.is_external:
            parser = etree.XMLParser(resolve_entities=False, no_network=True)
            root = etree.fromstring(relation.target_part.blob, parser)
            return {
                one.get(f"{_W15}paraId")
                for one in root.iter(f"{_W15}commentEx")
                if one.get(f"{_W15}paraIdParent")
            }
    return set()


def styles_of(document: Any) -> tuple[set[str], set[str]]:
    """Ids of the styles that are bold, and of those for headings."""
    bold, headings = set(), set()
    for style in document.styles.element.iter(f"{W}style"):
        id_ = style.get(f"{W}styleId")
        name = style.find(f"{W}name")
        called = (name.get(f"{W}val") or "").casefold() if name is not None else ""
        weight = style.find(f"{W}rPr/{W}b")
        if weight is not None and weight.get(f"{W}val") not in ("0", "false"):
            bold.add(id_)
        if called.startswith("heading ") or called in ("title", "subtitle"):
            headings.add(id_)
    return bold, headings


def is_bold(run: Any, styles: set[str], inherited: bool) -> bool:
    properties = run.find(f"{W}rPr")
    if properties is None:
        return inherited
    weight = properties.find(f"{W}b")
    if weight is not None:
        return weight.get(f"{W}val") not in ("0", "false")
    style = properties.find(f"{W}rStyle")
    return inherited or (style is not None and style.get(f"{W}val") in styles)


def is_hidden(run: Any) -> bool:
    """Whether Word shows the run only to those who ask for hidden text."""
    mark = run.find(f"{W}rPr/{W}vanish")
    return mark is not None and mark.get(f"{W}val") not in ("0", "false")


def marked_line(line: str, bold: list[bool], prefix: str) -> tuple[str, int]:
    """The line with its bold beginning marked, and how many characters were put before it."""
    end = next(
        (
            n
            for n, (char, heavy) in enumerate(zip(line, bold, strict=True))
            if not heavy and not char.isspace()
        ),
        len(line),
    )
    head = line[:end].rstrip()
    if not head.strip() or len(head) > _BOLD_HEAD:
        return f"{prefix}{line}" if line.strip() else line, len(prefix)
    return f"{prefix}{BOLD}{head}{BOLD_END}{line[len(head) :]}", len(prefix) + 1


def moved(at: int, marked: str, lead: int) -> int:
    """A place in a line as a place in the marked line."""
    close = marked.find(BOLD_END)
    return at + lead + (1 if 0 <= close < at + lead else 0)


def nearest(element: Any, name: str) -> Any:
    return next(element.iterancestors(f"{W}{name}"))


def local_name(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
