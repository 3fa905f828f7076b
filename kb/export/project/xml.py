"""XML as REFI-QDA wants it: elements of one namespace, text that may stand in XML."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kb.text.xmltext import legal

__all__ = ["Element", "element", "new", "saved"]

if TYPE_CHECKING:
    from lxml.etree import _Element as Element
else:
    Element = Any


def new(namespace: str, tag: str, /, **attributes: str) -> Element:
    """A root element in a namespace."""
    from lxml import etree

    root = etree.Element(f"{{{namespace}}}{tag}", nsmap={None: namespace})
    for key, value in attributes.items():
        root.set(key, legal(value))
    return root


def element(parent: Element, tag: str, text: str | None = None, /, **attributes: str | None) -> Element:
    """A new last child, of its parent's namespace; attributes that are None are left out."""
    from lxml import etree

    namespace = parent.tag.rpartition("}")[0]
    made = etree.SubElement(parent, f"{namespace}}}{tag}")
    for key, value in attributes.items():
        if value is not None:
            made.set(key, legal(value))
    if text is not None:
        made.text = legal(text)
    return made


def saved(root: Element) -> bytes:
    """The bytes of a file."""
    from lxml import etree

    return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8"))
