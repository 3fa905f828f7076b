"""What speech services write as JSON: Deepgram, AssemblyAI, Amazon, Google, Azure and others.

Their forms are in `loaders._recognizers`. Words are put together to sentences, and these to turns as captions
are. A number as a speaker comes back as ``Speaker 0``; a word that a service gave to nobody is nobody's.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from kb.errors import InputError
from kb.records import Notice, Source, Turn
from loaders._recognizers import tokens_of
from loaders._recorded import pieces_of, read_json, records_of
from loaders._text import sniff

FORMAT = "recognizer-json"
ENDINGS = frozenset[str]()
MAYBE = frozenset({".json"})
RANK = 32
OPTIONS = frozenset({"interviewers", "interviewees"})
READS = "the JSON of speech services (.json)"
_HEAD = 65536
# What stands in the head of their answers, all of one line; some have the whole text before anything else.
_SIGNS = (
    ('"results"', '"alternatives"'),
    ('"results"', '"channels"'),
    ('"results"', '"transcripts"'),
    ('"results"', '"speaker_labels"'),
    ('"monologues"', '"elements"'),
    ('ecognizedPhrases"',),
    ('"combinedPhrases"',),
    ('"language_code"', '"text"'),
    ('"transcription"', '"utterances"'),
    ('"transcription"', '"full_transcript"'),
)
_WHISPER = '"segments"'


def detect(path: Path) -> bool:
    """Whether the file is JSON with what the services write in its head."""
    if path.suffix.lower() not in (".json", ".txt", ""):
        return False
    head = sniff(path, _HEAD)
    if head is None or not head.lstrip("\ufeff \n\t").startswith("{"):
        return False
    signs = [signs for signs in _SIGNS if all(sign in head for sign in signs)]
    return bool(signs) and not ('"language_code"' in signs[0] and _WHISPER in head)


def parse(
    path: Path, interviewers: Collection[str] = (), interviewees: Collection[str] = ()
) -> Iterator[Source | Turn | Notice]:
    """Yield the interview, its turns, and notices on words without a speaker.

    Args:
        path: The file.
        interviewers: Labels of those who ask; the others answer.
        interviewees: Labels of those who answer.

    Raises:
        InputError: It is no JSON, or has no words.
    """
    tokens = tokens_of(read_json(path))
    if tokens is None:
        raise InputError(
            "this JSON is of no speech service that is known: save the transcript as .vtt, .srt or .docx.",
            path,
        )
    pieces = list(pieces_of(tokens))
    if not pieces:
        raise InputError("there are no words in this JSON: transcribe the recording again.", path)
    yield from records_of(path, FORMAT, pieces, "sentences", interviewers, interviewees)
