"""The real interviews stay where they are: none of their sentences is in this repository."""

from __future__ import annotations

import re
import subprocess

from tests.shared import ROOT, shared_path

RUN = 9  # words; the locators of shipped relations are shorter


def runs(text: str) -> set[tuple[str, ...]]:
    """All runs of words of that length."""
    words = re.findall(r"\w+", text.casefold())
    return {tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}


def test_no_sentence_of_a_real_interview_is_in_the_repository() -> None:
    spoken: set[tuple[str, ...]] = set()
    for path in shared_path("interviews", "transcripts").glob("*.txt"):
        spoken |= runs(path.read_text(encoding="utf-8"))
    assert len(spoken) > 10_000
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True)
    copied = {}
    for name in filter(None, listed.stdout.split("\0")):
        path = ROOT / name
        try:
            text = path.read_text(encoding="utf-8") if path.is_file() else ""
        except UnicodeDecodeError:
            continue
        if found := runs(text) & spoken:
            copied[name] = " ".join(sorted(found)[0])
    assert copied == {}
