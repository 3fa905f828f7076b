"""A megabyte of the worst there is for each reader is read, or refused, in time that grows with its length.

What goes back over the text takes a thousand times as long for it, so that the alarm is no measure of speed.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from kb.ask.query import read_query
from kb.codebook import labels, load_codebook
from kb.errors import InputError
from kb.relations import load_relations
from kb.store.guard import writes
from kb.suggest.names import words_of
from kb.text import cypher, quotes, yamlfile
from loaders import detect
from loaders._delve_layout import _PAGE_OF, _URL
from loaders._delve_pages import open_pdf
from loaders._label_words import NAMES_AFTER
from loaders._source import interview_id, name_parts
from tests.shared import patience
from tests.unit.test_pdf_bounds import letters, pdf

MEGABYTE = 2**20
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no alarm")


@contextmanager
def in_time(seconds: float = 20) -> Iterator[None]:
    def late(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(int(patience(seconds)))
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def much(piece: str, head: str = "", tail: str = "") -> str:
    return head + piece * (MEGABYTE // len(piece)) + tail


CYPHER: tuple[Callable[[str], object], ...] = (cypher.statements, cypher.columns, writes)
STATEMENTS = ("/*", "\\'", '\\"', "'", "`", "/* ", "''", "(", "CALL ", "LOAD CSV ", "RETURN ", "$a ", "\\u00")


@pytest.mark.parametrize("piece", STATEMENTS)
@pytest.mark.parametrize("head", ["", "'"])
def test_statements(piece: str, head: str) -> None:
    for look in CYPHER:
        with in_time():
            look(much(piece, head))


LABELS: tuple[Callable[[str], object], ...] = (
    labels.marked, labels.bracket, labels.prefix, labels.question_prefix, words_of, interview_id,
    lambda text: name_parts(Path("x.txt"), text), _PAGE_OF.search, _URL.match, NAMES_AFTER.search,
)  # fmt: skip


@pytest.mark.parametrize("piece", [" ", "(", "((a", "- ", "0", "_", "a", "1.", " - ", ": ", "\n"])
@pytest.mark.parametrize("head", ["", "cause - ", "round", "Q1"])
def test_labels(piece: str, head: str) -> None:
    for look in LABELS:
        with in_time():
            look(much(piece, head, "!"))


@pytest.mark.parametrize("piece", ["m", "h", ". ", "[...", "a'", "hm ", "\u0301"])
def test_quotes(piece: str) -> None:
    with in_time():
        quotes.words_of(much(piece), plain=True)


@pytest.mark.parametrize("piece", ["\\", '"', "[", "- ", "{a: ", "a\n", "'", "\\ud83d", "&a ", "? "])
@pytest.mark.parametrize("read", [load_relations])
def test_yaml(tmp_path: Path, piece: str, read: Callable[[Path], object]) -> None:
    file = tmp_path / "x.yaml"
    file.write_text(much(piece, 'relations: "' if piece == "\\" else ""))
    with in_time(60), pytest.raises(InputError):
        read(file)


@pytest.mark.parametrize("piece", ["a = [", "// a.", "/*", "\\'", "// "])
def test_query_files(tmp_path: Path, piece: str) -> None:
    file = tmp_path / "x.cypher"
    file.write_text(much(piece)[: MEGABYTE - 10])
    with in_time(), pytest.raises(InputError):
        read_query(file)


PUMPS = (
    " ", "\t", "a", "1", "-", ": ", "[", "(", "<v ", "<", "&", "A: ", "00:", "00:00:00 ", "[00:00:00] ", "#",
    "* ", "A", "a.", "a, ", "'", "Speaker ", "1. ", "\u00a0", "--> ", "|", "_", "**", "P1 ", "¶", "….",
)  # fmt: skip
HEADS = {
    ".txt": ("", "Interviewer: What is it?\n\nAnna: It is this.\n\nInterviewer: And then? "),
    ".vtt": ("WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n<v Anna>it is\n\n00:00:02.000 --> 00:00:03.000\n",),
    ".md": ("# Interview 7\n\n**Anna**\n\n",),
}


@pytest.mark.parametrize("ending", HEADS)
@pytest.mark.parametrize("piece", PUMPS)
def test_transcripts(tmp_path: Path, ending: str, piece: str) -> None:
    for head in HEADS[ending]:
        for size in (MEGABYTE, 4000):  # one endless line, and many long ones
            line = (piece * (size // len(piece)))[: size - 200]
            file = tmp_path / f"Interview 7{ending}"
            file.write_text(head + (line if size == MEGABYTE else f"{line}\n\n" * (MEGABYTE // size)))
            with in_time(60), suppress(InputError):
                for _ in detect(file).parse(file):
                    pass


def test_yaml_is_refused_by_its_size(tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    file.write_bytes(b"#" * (yamlfile.MAX_BYTES + 1))
    for read in (load_relations, load_codebook):
        with pytest.raises(InputError, match="4 MB"):
            read(file)


def test_brackets_of_a_pdf(tmp_path: Path) -> None:
    file = pdf(tmp_path / "a.pdf", letters(500))
    raw = file.read_bytes().replace(b"startxref\n", b"startxref\n9")  # so that all of it is read
    file.write_bytes(raw.replace(b"5 0 obj", b"(" * (3 * MEGABYTE) + b"5 0 obj", 1))
    with in_time(), suppress(InputError), open_pdf(file):
        pass
