import codecs
import errno
import os
from pathlib import Path

import pytest

from kb.errors import InputError
from loaders import _text
from loaders._text import fold, read_text, sniff


def write(folder: Path, data: bytes) -> Path:
    path = folder / "notes.txt"
    path.write_bytes(data)
    return path


def test_fold_makes_one_line_of_any_white_space() -> None:
    assert fold("\u00a0 one\r\n\ttwo\u2003three\u2028 ") == "one two three"
    assert fold(" \n ") == ""


@pytest.mark.parametrize(
    "data",
    [
        "Zoë:\n“né”\n".encode(),
        "Zoë:\n“né”\n".encode("utf-8-sig"),
        codecs.BOM_UTF16_LE + "Zoë:\n“né”\n".encode("utf-16-le"),
        codecs.BOM_UTF16_BE + "Zoë:\n“né”\n".encode("utf-16-be"),
        "Zoë:\r\n“né”\r\n".encode(),
        "Zoë:\r“né”\r".encode(),
        codecs.BOM_UTF16_LE + "Zoë:\r\n“né”\r\n".encode("utf-16-le"),
    ],
)
def test_encodings_and_line_ends_read_alike(tmp_path: Path, data: bytes) -> None:
    path = write(tmp_path, data)
    assert read_text(path) == "Zoë:\n“né”\n"
    assert sniff(path) == "Zoë:\n“né”\n"


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_an_eight_bit_encoding_is_refused_with_its_line(tmp_path: Path, encoding: str, newline: str) -> None:
    path = write(tmp_path, newline.join(["one", "two", "caf\u00e9"]).encode(encoding))
    with pytest.raises(InputError, match="UTF-8") as caught:
        read_text(path)
    assert caught.value.line == 3
    assert sniff(path) is None


def test_a_bad_byte_beyond_the_head_is_found_when_reading(tmp_path: Path) -> None:
    path = write(tmp_path, b"fine\n" * 2000 + b"caf\xe9\n")
    assert sniff(path) is not None
    with pytest.raises(InputError) as caught:
        read_text(path)
    assert caught.value.line == 2001


def test_sniff_may_cut_within_a_character(tmp_path: Path) -> None:
    assert sniff(write(tmp_path, "aé".encode()), size=2) == "a"


def test_a_truncated_utf16_file_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, codecs.BOM_UTF16_LE + "ab\ncd".encode("utf-16-le")[:-1])
    with pytest.raises(InputError, match="not UTF-16") as caught:
        read_text(path)
    assert caught.value.line == 2


@pytest.mark.parametrize("data", [b"", b" \r\n\t", codecs.BOM_UTF8, codecs.BOM_UTF16_LE])
def test_nothing_to_read_is_refused(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(InputError, match="empty"):
        read_text(write(tmp_path, data))


@pytest.mark.parametrize("data", [b"ab\ncd\0ef", "ab\ncd".encode("utf-16-le")])
def test_binary_is_refused(tmp_path: Path, data: bytes) -> None:
    path = write(tmp_path, data)
    with pytest.raises(InputError, match="binary"):
        read_text(path)
    assert sniff(path) is None


def test_an_endless_line_is_refused_before_the_rest_is_read(tmp_path: Path) -> None:
    path = tmp_path / "one-line.txt"
    with path.open("wb") as file:
        file.write(b"short\nx")
        file.truncate(_text.MAX_BYTES)  # sparse: the disk holds a few bytes of it
    with pytest.raises(InputError, match="longer than 1 MB") as caught:
        read_text(path)
    assert caught.value.line == 2


def test_a_huge_file_is_refused_by_its_size(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(200 * 2**20)
    with pytest.raises(InputError, match="larger than 64 MB"):
        read_text(path)


def test_what_is_no_readable_file_is_refused(tmp_path: Path) -> None:
    link = tmp_path / "loop.txt"
    link.symlink_to(link)
    for path, words in [
        (tmp_path, "folder"),
        (tmp_path / "gone.txt", "no such file"),
        (link, "leads back to itself"),
    ]:
        with pytest.raises(InputError, match=words) as caught:
            read_text(path)
        assert caught.value.path == path
        assert sniff(path) is None


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the platform has no named pipes")
def test_a_pipe_is_refused_without_waiting_for_it(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    assert sniff(pipe) is None
    with pytest.raises(InputError, match="no regular file"):
        read_text(pipe)


def test_missing_permission_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # As root every file can be read, so the system's answer is played.
    path = write(tmp_path, b"text")

    def denied(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "open", denied)
    with pytest.raises(InputError, match="no permission"):
        read_text(path)
    assert sniff(path) is None
