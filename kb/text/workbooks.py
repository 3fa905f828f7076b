"""What is looked at in an Excel workbook before anything of it is unpacked."""

from __future__ import annotations

import zipfile

# A document type may define what expands without end; no program writes one into a workbook.
_DOCTYPE = (b"<!DOCTYPE", b"<!ENTITY", "<!DOCTYPE".encode("utf-16-le"), "<!DOCTYPE".encode("utf-16-be"))


def with_document_type(archive: zipfile.ZipFile) -> str | None:
    """Name of the first part of a workbook that declares a document type; None if none does."""
    for part in archive.infolist():
        if part.filename.endswith((".xml", ".rels")):
            with archive.open(part) as file:
                head = file.read(4096)
            if any(mark in head for mark in _DOCTYPE):
                return part.filename
    return None
