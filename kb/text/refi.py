"""The XML of REFI-QDA (https://www.qdasoftware.org), read safely: items one by one, and the tree of codes.

A file that declares a document type is refused: no program writes one, and entities are how XML is made
to open other files or to fill the memory.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from kb.errors import InputError

__all__ = [
    "BETWEEN", "Element", "TreeCode", "child_text", "children", "code_tree", "fold", "guid_of", "items",
    "labelled", "name_of", "sets_in",
]  # fmt: skip

if TYPE_CHECKING:
    from lxml.etree import _Element as Element
else:
    Element = Any

MAX_CODEBOOK = 64 * 2**20
MAX_ELEMENTS = 1_000_000  # of a project: a quarter of a million codings; a small archive may hold more
_COLOUR = re.compile(r"#(?:[0-9a-fA-F]{6}|[0-9a-fA-F]{3})")
_DEPTH = 200  # of a tree of codes; a deeper one is no analyst's
BETWEEN = " > "  # between a code and the one above it, where the name alone means two codes


class TreeCode(NamedTuple):
    """A code of a tree.

    Attributes:
        guid: As `guid_of` gives it.
        label: Its name, unique in the file: where two codes have it, those above stand before it.
        parent: Label of the code above; None at the top.
        codable: False for a folder, which no passage has.
        colour: As ``#rrggbb``.
        notes: GUIDs of the notes on it.
    """

    guid: str
    label: str
    parent: str | None
    codable: bool
    colour: str | None
    description: str | None
    notes: tuple[str, ...]


def fold(text: str) -> str:
    """White space folded."""
    return " ".join(text.split())


def guid_of(text: str | None) -> str:
    """A GUID in one form: programs write it with braces or without, in small or capital letters.

    >>> guid_of("{0D62985D-B147-5D01-A9B5-CAE5DCD98342}")
    '0d62985d-b147-5d01-a9b5-cae5dcd98342'
    """
    return (text or "").strip().strip("{}").lower()


def name_of(element: Element) -> str:
    """An element's name without its namespace; ``""`` for a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def children(element: Element, *names: str) -> list[Element]:
    """The children of these names, whatever their namespace."""
    return [child for child in element if name_of(child) in names]


def child_text(element: Element, name: str) -> str | None:
    """The text of the first child of a name; None where there is none, or nothing in it."""
    found = next(iter(children(element, name)), None)
    return None if found is None or not (found.text or "").strip() else found.text


def items(file: IO[bytes], path: Path, root: str) -> Iterator[tuple[str, Element]]:
    """What stands in a project: each child of a container, with the container's name, then forgotten.

    Yields first the root itself (``("", root)``, without children), and what stands directly under it
    and is no container (Description, NoteRef) with ``""``.

    Args:
        file: The XML.
        path: For errors.
        root: What the root must be called.

    Raises:
        InputError: It is no well-formed XML, declares a document type, or is something else.
    """
    from lxml import etree

    above: list[Element] = []
    count = 0
    try:
        for event, element in etree.iterparse(
            file, events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False,
            huge_tree=False, remove_comments=True, remove_pis=True,
        ):  # fmt: skip
            if event == "start":
                if not above:
                    _check_root(element, path, root)
                    yield "", element
                above.append(element)
                count += 1
                if count > MAX_ELEMENTS:
                    raise InputError("its XML has more elements than a project has: split the project.", path)
                if len(above) > _DEPTH:
                    raise InputError("its elements lie deeper in each other than any program writes.", path)
                continue
            above.pop()
            if len(above) == 2:
                yield name_of(above[1]), element
                element.clear()
                above[1].remove(element)
            elif len(above) == 1 and not len(element):
                yield "", element
    except etree.XMLSyntaxError as error:
        raise _broken(error, path) from error


def code_tree(path: Path) -> list[TreeCode]:
    """The codes of a codebook file (``.qdc``), of any version of the format.

    Raises:
        InputError: It cannot be read, or is no codebook.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True,
        remove_pis=True,
    )  # fmt: skip
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_CODEBOOK + 1)
        if len(raw) > MAX_CODEBOOK:
            raise InputError("the codebook is larger than 64 MB: no program writes such a one.", path)
        root = etree.fromstring(raw, parser)
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror}).", path) from error
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _broken(error, path) from error
    _check_root(root, path, "CodeBook")
    # NVivo for Mac writes the codes of a template without `Codes` around them.
    return labelled([*children(root, "Codes"), root])


def sets_in(path: Path) -> int:
    """How many sets of codes a codebook file has; it was read before."""
    from lxml import etree

    root = etree.parse(path, etree.XMLParser(resolve_entities=False, no_network=True)).getroot()
    return sum(len(children(sets, "Set")) for sets in children(root, "Sets"))


def labelled(trees: Iterable[Element]) -> list[TreeCode]:
    """The codes below these elements, those without a name left out, in their order, each label once."""
    found: list[tuple[Element, tuple[str, ...]]] = []
    for tree in trees:
        _collect(tree, (), found)
    shown = _labels([names for _, names in found])
    return [
        TreeCode(
            guid_of(element.get("guid")),
            shown[names],
            shown[names[:-1]] if names[:-1] else None,
            (element.get("isCodable") or "true").strip().lower() not in ("false", "0"),
            _colour(element.get("color")),
            child_text(element, "Description"),
            tuple(guid_of(ref.get("targetGUID")) for ref in children(element, "NoteRef")),
        )
        for element, names in found
    ]


def _collect(element: Element, above: tuple[str, ...], found: list[tuple[Element, tuple[str, ...]]]) -> None:
    for child in children(element, "Code"):
        name = fold(child.get("name") or "")
        here = (*above, name) if name else above
        if name:
            found.append((child, here))
        if len(here) < _DEPTH:
            _collect(child, here, found)


def _labels(paths: Iterable[tuple[str, ...]]) -> dict[tuple[str, ...], str]:
    """For each path in a tree the shortest end of it that means no other."""
    unique = list(dict.fromkeys(paths))
    length = dict.fromkeys(unique, 1)
    while True:
        ends = {path: BETWEEN.join(path[-length[path] :]) for path in unique}
        count = Counter(ends.values())
        longer = [path for path in unique if count[ends[path]] > 1 and length[path] < len(path)]
        if not longer:
            return ends
        for path in longer:
            length[path] += 1


def _colour(text: str | None) -> str | None:
    text = (text or "").strip()
    if not _COLOUR.fullmatch(text):
        return None
    return (text if len(text) == 7 else "#" + "".join(2 * c for c in text[1:])).lower()


def _check_root(element: Element, path: Path, root: str) -> None:
    info = element.getroottree().docinfo
    if info.internalDTD is not None or info.doctype:
        raise InputError(
            "it declares a document type, which no program for qualitative analysis writes: export it anew.",
            path,
        )
    if name_of(element) != root:
        raise InputError(
            f"its XML is no {root} of REFI-QDA, but <{name_of(element)[:40]}>: export it anew.", path
        )


def _broken(error: Exception, path: Path) -> InputError:
    line = getattr(error, "lineno", None) or None
    said = fold(str(getattr(error, "msg", "") or error)).partition(", line ")[0][:120]
    return InputError(f"its XML is not well formed ({said}): export it anew.", path, line=line)
