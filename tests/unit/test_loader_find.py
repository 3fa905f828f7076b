import errno
import os
from pathlib import Path

import pytest

import loaders
from kb.errors import InputError
from loaders import detect, find_sources


@pytest.fixture
def study(tmp_path: Path) -> Path:
    for name in [
        "b.txt",
        "a.vtt",
        "sub/c.PDF",
        "sub/photo.jpg",
        "sub/photo2.JPG",
        "LICENSE",
        ".git/d.txt",
        ".e.txt",
    ]:
        path = tmp_path / "study" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Anna: hello\n\nBert: hello\n")
    return tmp_path / "study"


def names(paths: list[Path | str]) -> list[str]:
    return [source.path.name for source in find_sources(paths).sources if source.error is None]


def errors(paths: list[Path | str]) -> list[str]:
    return [str(source.error) for source in find_sources(paths).sources if source.error]


def test_a_folder_gives_its_readable_files_in_order_and_counts_the_others(study: Path) -> None:
    found = find_sources([study])
    assert [str(source.path.relative_to(study)) for source in found.sources] == [
        "a.vtt",
        "b.txt",
        "sub/c.PDF",
    ]
    assert found.left_aside == {".jpg": 2, "": 1}


def test_each_file_comes_once_however_it_is_named(study: Path) -> None:
    (study / "link.txt").symlink_to(study / "b.txt")
    assert names([study / "b.txt", study, study / "sub" / ".." / "b.txt", study]) == [
        "b.txt",
        "a.vtt",
        "c.PDF",
    ]


def test_a_file_named_by_the_user_may_have_any_ending(study: Path) -> None:
    found = find_sources([study / "LICENSE"])
    assert names([study / "LICENSE"]) == ["LICENSE"]
    assert not found.left_aside


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("*.txt", ["b.txt"]),
        ("[ab].*", ["a.vtt", "b.txt"]),
        ("?.vtt", ["a.vtt"]),
        ("**/*.PDF", ["c.PDF"]),
        (".git/*", ["d.txt"]),
        ("su*", ["c.PDF"]),
    ],
)
def test_patterns_are_expanded_as_a_shell_would(
    study: Path, pattern: str, expected: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert names([study / pattern]) == expected
    monkeypatch.chdir(study)
    assert names([pattern]) == expected


def test_a_file_whose_name_looks_like_a_pattern_is_that_file(study: Path) -> None:
    (study / "Interview [3].txt").write_text("x")
    assert names([study / "Interview [3].txt"]) == ["Interview [3].txt"]


def test_a_bad_path_does_not_stop_the_others(study: Path) -> None:
    found = find_sources([study / "gone.txt", study / "*.docx", study / "b.txt"])
    assert [source.error is None for source in found.sources] == [False, False, True]
    assert "no such file" in str(found.sources[0].error)
    assert "no file is named like this" in str(found.sources[1].error)


def test_an_impossible_pattern_is_an_error_of_its_own(study: Path) -> None:
    assert len(errors([study / "a**b["])) == 1


def test_a_folder_without_anything_to_load_is_told(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "a.jpg").touch()
    first, second = errors([tmp_path / "empty", tmp_path / "photos"])
    assert "no file to load" in first
    assert "only 1 of other kinds" in second


def test_a_folder_loop_ends_and_is_told(study: Path) -> None:
    (study / "sub" / "back").symlink_to(study, target_is_directory=True)
    (study / "sub" / "self").symlink_to(study / "sub", target_is_directory=True)
    assert names([study]) == ["a.vtt", "b.txt", "c.PDF"]
    messages = errors([study])
    assert len(messages) == 2
    assert all("leads back to a folder above it" in message for message in messages)


def test_a_linked_folder_is_followed_once(study: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "z.txt").touch()
    for name in ("link1", "link2"):
        (study / name).symlink_to(outside, target_is_directory=True)
    assert names([study]) == ["a.vtt", "b.txt", "z.txt", "c.PDF"]
    assert errors([study]) == []


def test_a_folder_that_may_not_be_listed_is_told(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # As root every folder can be listed, so the system's answer is played.
    listed = Path.iterdir

    def iterdir(path: Path) -> object:
        if path.name == "sub":
            raise PermissionError(errno.EACCES, "Permission denied")
        return listed(path)

    monkeypatch.setattr(Path, "iterdir", iterdir)
    assert names([study]) == ["a.vtt", "b.txt"]
    assert ["no permission" in message for message in errors([study])] == [True]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the superuser may enter every folder")
def test_a_folder_that_may_not_be_entered_is_told_file_by_file(study: Path) -> None:
    (study / "sub").chmod(0o444)
    try:
        assert names([study]) == ["a.vtt", "b.txt", "c.PDF"]
        with pytest.raises(InputError, match="no permission"):
            detect(study / "sub" / "c.PDF")
    finally:
        (study / "sub").chmod(0o755)


@pytest.fixture
def _two_loaders(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loaders, "MODULES", ("captions", "transcript"))


@pytest.mark.usefixtures("_two_loaders")
@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("a.txt", "Anna: hello", "transcript"),
        ("a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\nhello", "captions"),
        ("a.txt", "WEBVTT\n\n00:01.000 --> 00:02.000\nhello", "captions"),
        ("a.srt", "1\n00:00:01,000 --> 00:00:02,000\nhello", "captions"),
        ("a.txt", "1\n00:00:01,000 --> 00:00:02,000\nhello", "captions"),
        ("transcript", "Interviewer: hello\nInterviewee: hello", "transcript"),
    ],
)
def test_the_loader_is_found_by_content_and_name(tmp_path: Path, name: str, text: str, expected: str) -> None:
    (tmp_path / name).write_text(text)
    assert expected == detect(tmp_path / name).FORMAT


@pytest.mark.usefixtures("_two_loaders")
@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.png", b"\x89PNG\0\0", "no loader knows"),
        ("a.csv", b"one,two\n1,2\n", "no loader knows"),
        ("a.txt", b"", "empty"),
        ("a.pdf", b"", "empty"),
        ("a.txt", b"Anna: caf\xe9", "UTF-8"),
        ("a.vtt", b"WEBVTT\0", "binary"),
    ],
)
def test_what_no_loader_reads_gets_a_sentence(tmp_path: Path, name: str, data: bytes, words: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(InputError, match=words) as caught:
        detect(tmp_path / name)
    assert caught.value.path == tmp_path / name


@pytest.mark.usefixtures("_two_loaders")
def test_folders_and_missing_files_are_no_source(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="folder"):
        detect(tmp_path)
    with pytest.raises(InputError, match="no such file"):
        detect(tmp_path / "gone.txt")


def test_a_folder_takes_documents_and_of_json_only_transcripts(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"PK")
    (tmp_path / "~$a.docx").write_bytes(b"x")
    (tmp_path / "talk.json").write_text('{"segments": [{"start": 0, "end": 1, "text": "Hello."}]}')
    (tmp_path / "package.json").write_text('{"name": "x", "text": 1}')
    found = find_sources([tmp_path])
    assert [source.path.name for source in found.sources] == ["a.docx", "talk.json"]
    assert found.left_aside == {".docx": 1, ".json": 1}


def test_an_old_encoding_is_read_as_the_user_says_and_utf8_stays_utf8(tmp_path: Path) -> None:
    talk = "Interviewer: Où ?\n\nInterviewee: Là, à Liège.\n"
    for name, encoding in (("new.txt", "utf-8"), ("old.txt", "cp1252"), ("older.txt", "utf-16-le")):
        (tmp_path / name).write_bytes(talk.encode(encoding))
    for name, encoding in (("new.txt", "cp1252"), ("old.txt", "cp1252"), ("older.txt", "utf-16-le")):
        loader = detect(tmp_path / name, encoding)
        texts = [one.text for one in loader.parse(tmp_path / name, encoding=encoding) if one.type == "turn"]
        assert texts == ["Où ?", "Là, à Liège."]
    with pytest.raises(InputError, match="no encoding 'klingon'"):
        detect(tmp_path / "old.txt", "klingon")
    with pytest.raises(InputError, match="--encoding cp1252") as caught:
        detect(tmp_path / "old.txt")
    assert caught.value.line == 1
