"""Who speaks: the role behind a speaker's label as written.

Labels vary within one study (``Interviewer 1``, ``Interviewer1``, ``interviewr``), so the role
is the nearest known word within a few edits; a label that is near none, or as near to one as to
the other, has no role, and the loader says so.
"""

from __future__ import annotations

import re

from rapidfuzz.distance import DamerauLevenshtein

from kb.records import Role

_WORDS: dict[str, Role] = {
    "interviewer": "interviewer",
    "interviewee": "interviewee",
    "researcher": "interviewer",
    "moderator": "interviewer",
    "facilitator": "interviewer",
    "question": "interviewer",
    "q": "interviewer",
    "participant": "interviewee",
    "respondent": "interviewee",
    "informant": "interviewee",
    "subject": "interviewee",
    "answer": "interviewee",
    "a": "interviewee",
    "p": "interviewee",
}
# A slip of up to two letters in a long word; short words must be exact.
_MAX_EDITS = 2
_MIN_FUZZY = 8


def normal(label: str) -> str:
    """The label in small letters without numbers and punctuation: ``"Interviewer 1:"`` → ``interviewer``."""
    return re.sub(r"[^a-z]+", "", re.sub(r"[\d#]+", "", label.casefold()))


def role_of(label: str) -> Role | None:
    """The role of a speaker's label, or None where it cannot be told.

    >>> role_of("interviewr"), role_of("Interviewee"), role_of("Unknown Speaker")
    ('interviewer', 'interviewee', None)
    """
    word = normal(label)
    if word in _WORDS:
        return _WORDS[word]
    if len(word) < _MIN_FUZZY:
        return None
    near: dict[Role, int] = {}
    for known, role in _WORDS.items():
        if len(known) < _MIN_FUZZY:
            continue
        edits = DamerauLevenshtein.distance(word, known, score_cutoff=_MAX_EDITS)
        if edits <= _MAX_EDITS:
            near[role] = min(edits, near.get(role, edits))
    if not near:
        return None
    best = min(near.values())
    roles = [role for role, edits in near.items() if edits == best]
    return roles[0] if len(roles) == 1 else None
