"""REFI-QDA projects as different programs write them, of invented words."""

from __future__ import annotations

import uuid
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

NAMESPACE = "urn:QDA-XML:project:1.0"


@dataclass
class Way:
    """How a program writes: what it counts, and what its names and GUIDs look like."""

    unit: str = "characters"
    crlf_file: bool = False
    crlf_counted: bool = False
    bom: bool = False
    bom_counted: bool = False
    inclusive: bool = False
    named: bool = True
    inline: bool = False
    braces: bool = False
    upper: bool = False
    prefix: str = "internal://"
    folder: str = "sources"
    project: str = "project.qde"

    def offset(self, text: str, place: int) -> int:
        """A place in code points of the text with ``\\n``, as the program counts it."""
        before = text[:place]
        widths = {
            "characters": len(before),
            "utf-16": len(before.encode("utf-16-le", "surrogatepass")) // 2,
            "bytes": len(before.encode()),
        }
        return widths[self.unit] + self.crlf_counted * before.count("\n") + self.bom_counted

    def guid(self, found: uuid.UUID) -> str:
        """A GUID as it writes them."""
        text = str(found).upper() if self.upper else str(found)
        return f"{{{text}}}" if self.braces else text


@dataclass
class Source:
    """A text with passages: start, end (code points), code and coder."""

    name: str
    text: str
    passages: list[tuple[int, int, str, str]] = field(default_factory=list)
    more: str = ""


@dataclass
class Study:
    """What is written; `parents` is the tree of codes, the rest is XML that stands in its container."""

    sources: list[Source]
    parents: dict[str, str] = field(default_factory=dict)
    colours: dict[str, str] = field(default_factory=dict)
    cases: str = ""
    variables: str = ""
    notes: str = ""
    links: str = ""
    more_sources: str = ""
    rest: str = ""


class Writer:
    """Writes one study one way; GUIDs are fresh for each writer."""

    def __init__(self, way: Way | None = None) -> None:
        self.way = way or Way()
        self._guids: dict[str, uuid.UUID] = {}

    def guid(self, of: str) -> str:
        """The GUID of something, the same each time."""
        return self.way.guid(self._guids.setdefault(of, uuid.uuid4()))

    def write(self, path: Path, study: Study) -> Path:
        """Write the project."""
        coders = sorted({coder for s in study.sources for *_, coder in s.passages})
        users = "".join(f'<User guid="{self.guid(f"user {c}")}" name={quoteattr(c)}/>' for c in coders)
        members = {}
        sources = ""
        for source in study.sources:
            sources += self._source(source, members)
        xml = f'<?xml version="1.0" encoding="utf-8"?>\n<Project xmlns="{NAMESPACE}" name="p" origin="test">'
        xml += f"<Users>{users}</Users><CodeBook><Codes>{self._codes(study, None)}</Codes></CodeBook>"
        for name, inside in (("Variables", study.variables), ("Cases", study.cases)):
            xml += f"<{name}>{inside}</{name}>" if inside else ""
        xml += f"<Sources>{sources}{study.more_sources}</Sources>"
        for name, inside in (("Notes", study.notes), ("Links", study.links)):
            xml += f"<{name}>{inside}</{name}>" if inside else ""
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(self.way.project, xml + study.rest + "</Project>")
            for member, data in members.items():
                archive.writestr(member, data)
        return path

    def _codes(self, study: Study, parent: str | None) -> str:
        used = {code for s in study.sources for _, _, code, _ in s.passages}
        names = sorted(used | set(study.parents) | set(study.parents.values()) | set(study.colours))
        xml = ""
        for name in names:
            if study.parents.get(name) == parent:
                colour = f' color="{study.colours[name]}"' if name in study.colours else ""
                xml += (
                    f'<Code guid="{self.guid(f"code {name}")}" name={quoteattr(name)} isCodable="true"'
                    f"{colour}>"
                    f"{self._codes(study, name)}</Code>"
                )
        return xml

    def _source(self, source: Source, members: dict[str, bytes]) -> str:
        way = self.way
        selections = ""
        for n, (start, end, code, coder) in enumerate(source.passages):
            words = " ".join(source.text[start:end].split())
            name = f" name={quoteattr(words)}" if way.named else ""
            first, last = way.offset(source.text, start), way.offset(source.text, end) - way.inclusive
            selections += (
                f'<PlainTextSelection guid="{self.guid(f"selection {source.name} {n}")}"{name} '
                f'startPosition="{first}" endPosition="{last}">'
                f'<Coding guid="{self.guid(f"coding {source.name} {n}")}" '
                f'creatingUser="{self.guid(f"user {coder}")}" creationDateTime="20261122_1TZ">'
                f'<CodeRef targetGUID="{self.guid(f"code {code}")}"/></Coding></PlainTextSelection>'
            )
        guid = self.guid(f"source {source.name}")
        path, content = "", ""
        if way.inline:
            content = f"<PlainTextContent>{escape(source.text)}</PlainTextContent>"
        else:
            text = source.text.replace("\n", "\r\n") if way.crlf_file else source.text
            members[f"{way.folder}/{guid}.txt"] = (("\ufeff" if way.bom else "") + text).encode()
            path = f' plainTextPath="{way.prefix}{guid}.txt"'
        return (
            f'<TextSource guid="{guid}" name={quoteattr(source.name)}{path}>{content}{selections}'
            f"{source.more}</TextSource>"
        )
