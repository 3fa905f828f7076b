"""Who speaks: the role behind a speaker's label as written.

Labels vary within one study (``Interviewer 1``, ``Interviewer1``, ``interviewr``), so the role
is the nearest known word within a few edits; a label that is near none, or as near to one as to
the other, has no role, and the loader says so.
"""

from __future__ import annotations

import re
import unicodedata

from rapidfuzz.distance import DamerauLevenshtein

from kb.records import Role
from loaders._role_words import PERSONS, ROLES, UNKNOWN, plain
from loaders._role_words_far import ALONE_FAR

# A slip of up to two letters in a long word of English; short words and other languages must be exact.
_FUZZY: dict[str, Role] = {
    "interviewer": "interviewer",
    "interviewee": "interviewee",
    "researcher": "interviewer",
    "moderator": "interviewer",
    "facilitator": "interviewer",
    "question": "interviewer",
    "participant": "interviewee",
    "respondent": "interviewee",
    "informant": "interviewee",
}
_MAX_EDITS = 2
_MIN_FUZZY = 8
#: The label in small letters without numbers and signs: ``"Interviewer 1:"`` → ``interviewer``.
normal = plain
# Words that are a role only alone: with a name or another word beside them they are other things.
_ALONE = frozenset(
    {"a", "p", "q", "question", "answer", "subject", "frage", "antwort", "persona"}
    | {
        "fråga",
        "svar",
        "spørgsmål",
        "spørsmål",
        "kysymys",
        "vastaus",
        "otázka",
        "odpověď",
        "kérdés",
        "válasz",
    }
    | {plain(word) for word in ALONE_FAR}
)
_PART = re.compile(r"[^\s,/()\[\]–—-]+")
# ``Interviewer's mother``, ``wife of the interviewer``, ``Ex-researcher``: the role is another's, or was.
_OWNS = re.compile(r"['’]s$", re.IGNORECASE)
_OF_ANOTHER = re.compile(
    r"\b(?:(?:of|von|van|de|du|des|del|della|do|da)\s+(?:(?:the|an?|de[rmn]|de[rs]|einer?|l[ae]|el|il)\s+)?"
    r"|(?:ex|former|previous|non|ehemalige[rsn]?|frühere[rsn]?|ancien(?:ne)?|antigu[oa])[\s-]+)$",
    re.IGNORECASE,
)


def role_of(label: str) -> Role | None:
    """The role of a speaker's label, or None where it cannot be told.

    >>> role_of("interviewr"), role_of("Interviewee"), role_of("Unknown Speaker")
    ('interviewer', 'interviewee', None)
    """
    word = normal(label)
    if word in ROLES:
        return ROLES[word]
    if len(word) < _MIN_FUZZY:
        return None
    near: dict[Role, int] = {}
    for known, role in _FUZZY.items():
        most = _MAX_EDITS if word[0] == known[0] else 1  # an operator is no moderator
        edits = DamerauLevenshtein.distance(word, known, score_cutoff=most)
        if edits <= most:
            near[role] = min(edits, near.get(role, edits))
    if not near:
        return None
    best = min(near.values())
    roles = [role for role, edits in near.items() if edits == best]
    return roles[0] if len(roles) == 1 else None


def derived_role(label: str) -> Role | None:
    """The role that a label's word says, also in brackets or beside a name.

    >>> derived_role("Anna (interviewer)"), derived_role("Interviewer Anna"), derived_role("Anna (engineer)")
    ('interviewer', 'interviewer', None)
    """
    if role := role_of(label):
        return role
    for inner in re.findall(r"[(\[]([^()\[\]]{1,60})[)\]]", label):
        if role := role_of(inner):
            return role
    found = set()
    for match in list(_PART.finditer(label))[:8]:
        word = normal(match[0])
        before = label[: match.start()]
        if word in ROLES and word not in _ALONE and len(word) > 1 and not _OF_ANOTHER.search(before):
            if _OWNS.search(match[0]) and label[match.end() :].strip():
                continue
            found.add(ROLES[word])
    return found.pop() if len(found) == 1 else None


def names_a_role(label: str) -> bool:
    """Whether a word of the label is a role's, the speaker's or another's: ``wife of the interviewer``."""
    words = [word for part in _PART.findall(label)[:8] if len(word := normal(part)) > 1]
    return len({ROLES[word] for word in words if word in ROLES and word not in _ALONE}) == 1


def is_unknown(label: str) -> bool:
    """Whether the label itself says that nobody knows who speaks (``Unknown Speaker``)."""
    words = normal_words(label)
    if not words:
        return False
    if label.rstrip().endswith(("?", "？")):
        return True
    people = {*PERSONS, "speakers", "voices", "персона"}
    joined = "".join(words)
    return (words[0] in UNKNOWN or words[-1] in UNKNOWN or joined in UNKNOWN) and all(
        word in UNKNOWN or word in people for word in words if len(words) > 1
    )


def is_numbered_person(label: str) -> bool:
    """Whether it is a machine's name for a person: ``SPEAKER_01``, ``Speaker A``, ``S00``, ``发言人 1``."""
    text = unicodedata.normalize("NFKC", label).casefold().strip()
    if re.fullmatch(r"[a-z]{1,2}\d{1,3}", text):
        return True
    match = re.fullmatch(r"(\D{1,14}?)[\s_#-]*\d{1,3}", text) or re.fullmatch(
        r"(\D{1,14}?)[\s_-]+[a-z]", text
    )
    return match is not None and normal(match[1]) in PERSONS


def normal_words(label: str) -> list[str]:
    """The label's words, each as `normal` gives it."""
    return [word for word in map(normal, re.split(r"[\s_-]+", label)) if word]
