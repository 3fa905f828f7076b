"""From a REFI-QDA project's XML to plain data, as a stream."""

from __future__ import annotations

from copy import deepcopy
from math import isfinite

from kb.records import Value
from kb.text.refi import Element, child_text, children, guid_of, items, labelled, name_of
from loaders._refi_archive import Archive
from loaders._refi_model import Body, Case, Coded, Content, Item, Link, Selection

SOURCES = ("TextSource", "PDFSource", "PictureSource", "AudioSource", "VideoSource")
_SELECTIONS = (
    "PlainTextSelection",
    "TranscriptSelection",
    "PDFSelection",
    "PictureSelection",
    "AudioSelection",
    "VideoSelection",
)
_TEXTS = ("Representation", "TextDescription", "Transcript")


def read(archive: Archive) -> Content:
    """Read a project as a stream.

    Raises:
        InputError: Its XML is broken or something else.
    """
    from lxml import etree

    found = Content()
    bare = etree.Element("Codes")
    for container, element in items(archive.project, archive.path, "Project"):
        if container == "CodeBook" and name_of(element) == "Code":
            bare.append(deepcopy(element))  # as some write them, without `Codes` around
        else:
            _take(found, container, element)
    found.codes += labelled([bare])
    return found


def _take(found: Content, container: str, element: Element) -> None:
    name = name_of(element)
    if not container:
        _root(found, name, element)
    elif name == "User":
        said = (" ".join((element.get(key) or "").split()) for key in ("name", "id"))
        found.users[guid_of(element.get("guid"))] = (next(said), next(said))
    elif container == "CodeBook" and name == "Codes":
        found.codes += labelled([element])
    elif container == "CodeBook" and name == "Sets":  # where a codebook of its own has them
        found.lost["sets of codes, sources or notes"] += len(children(element, "Set"))
    elif name == "Variable":
        called = " ".join((element.get("name") or "").split())
        found.variables[guid_of(element.get("guid"))] = (called, element.get("typeOfVariable") or "Text")
        found.lost["descriptions of variables"] += child_text(element, "Description") is not None
    elif name == "Case":
        found.cases.append(_case(element))
    elif name in SOURCES:
        found.items.append(_item(element))
    elif name == "Note":
        found.notes[guid_of(element.get("guid"))] = _body(element)
    elif name == "Link":
        found.links.append(_link(element, "originGUID", "targetGUID"))
    elif name == "Set":
        found.lost["sets of codes, sources or notes"] += 1
    elif name == "Graph":
        _graph(found, element)
    elif name:
        # What a program adds to the standard, or a later version of it.
        found.lost[f"parts of the project that kb does not know ({container}/{name})"] += 1


def _root(found: Content, name: str, element: Element) -> None:
    """The project itself, and what is directly under it."""
    if name == "Project":
        found.origin, found.name = element.get("origin") or "", element.get("name") or ""
        found.creator = guid_of(element.get("creatingUserGUID"))
    elif name == "Description":
        found.description = (element.text or "").strip() or None
    elif name == "NoteRef":
        found.project_notes.append(guid_of(element.get("targetGUID")))


def _graph(found: Content, graph: Element) -> None:
    """The edges that stand for no link of the project, but have a name, are links."""
    found.lost["drawings (graphs), of which the links are kept"] += 1
    shown = {guid_of(v.get("guid")): guid_of(v.get("representedGUID")) for v in children(graph, "Vertex")}
    known = {link.guid for link in found.links}
    for edge in children(graph, "Edge"):
        if guid_of(edge.get("representedGUID")) in known - {""}:
            continue
        link = _link(edge, "sourceVertex", "targetVertex")
        ends = (shown.get(link.ends[0], ""), shown.get(link.ends[1], ""))
        if link.name and all(ends):
            link.ends, link.edge = ends, True
            found.links.append(link)
        else:
            found.lost["lines of drawings without a name or an end"] += 1


def _link(element: Element, origin: str, target: str) -> Link:
    ends = (guid_of(element.get(origin)), guid_of(element.get(target)))
    return Link(
        guid_of(element.get("guid")),
        " ".join((element.get("name") or "").split()),
        element.get("direction") or "OneWay",
        ends,
        guid_of(element.get("creatingUser")),
        _refs(element, "NoteRef"),
    )


def _case(element: Element) -> Case:
    return Case(
        guid_of(element.get("guid")),
        " ".join((element.get("name") or "").split()),
        child_text(element, "Description"),
        _values(element),
        _refs(element, "SourceRef"),
        _refs(element, "SelectionRef"),
        len(children(element, "CodeRef")),
    )


def _item(element: Element) -> Item:
    kind = name_of(element)
    whole = _body(element)
    texts = [whole] if kind == "TextSource" else [_body(child) for child in children(element, *_TEXTS)]
    regions = [] if kind == "TextSource" else whole.selections
    return Item(whole.guid, kind, whole.name, whole, texts, regions)


def _body(element: Element) -> Body:
    content = next(iter(children(element, "PlainTextContent")), None)
    points = [
        (guid_of(p.get("guid")), _number(p.get("timeStamp")), _number(p.get("position")))
        for p in children(element, "SyncPoint")
    ]
    return Body(
        guid_of(element.get("guid")),
        " ".join((element.get("name") or "").split()) or None,
        None if content is None else content.text or "",
        element.get("plainTextPath"),
        bool(element.get("richTextPath")),
        guid_of(element.get("creatingUser")),
        child_text(element, "Description"),
        [_selection(child) for child in children(element, *_SELECTIONS)],
        _codings(element),
        _refs(element, "NoteRef"),
        _values(element),
        [(guid, time, at) for guid, time, at in points if at is not None],
    )


def _selection(element: Element) -> Selection:
    start = element.get("startPosition") or element.get("begin")
    end = element.get("endPosition") or element.get("end")
    name = element.get("name")
    for inner in children(element, "Representation"):
        name = child_text(inner, "PlainTextContent") or name
    return Selection(
        guid_of(element.get("guid")),
        name_of(element),
        name,
        _number(start),
        _number(end),
        (guid_of(element.get("fromSyncPoint")), guid_of(element.get("toSyncPoint"))),
        guid_of(element.get("creatingUser")),
        child_text(element, "Description"),
        _codings(element),
        _refs(element, "NoteRef"),
    )


def _codings(element: Element) -> list[Coded]:
    return [
        Coded(
            guid_of(coding.get("guid")),
            code,
            guid_of(coding.get("creatingUser")),
            _refs(coding, "NoteRef"),
        )
        for coding in children(element, "Coding")
        for code in _refs(coding, "CodeRef") or [""]
    ]


def _refs(element: Element, name: str) -> list[str]:
    return [guid_of(ref.get("targetGUID")) for ref in children(element, name)]


def _number(text: str | None) -> int | None:
    try:
        number = float((text or "").strip())  # some write 15500.0
    except ValueError:
        return None
    return int(number) if abs(number) < 2**40 else None


def _values(element: Element) -> list[tuple[str, Value]]:
    """Variables by their GUIDs, with the value in the type that its element names."""
    found = []
    for value in children(element, "VariableValue"):
        variable = next(iter(_refs(value, "VariableRef")), "")
        for typed in value:
            text = (typed.text or "").strip()
            if name_of(typed) != "VariableRef" and text:
                found.append((variable, _typed(name_of(typed), text)))
    return found


def _typed(kind: str, text: str) -> Value:
    try:
        if kind.startswith("Integer") and len(text) < 19:
            return int(text)
        if kind.startswith("Float") and len(text) < 40:
            return float(text) if isfinite(float(text)) else text
    except ValueError:
        return text
    if kind.startswith("Boolean") and text.lower() in ("true", "false", "1", "0"):
        return text.lower() in ("true", "1")
    return text
