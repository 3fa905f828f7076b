"""Relations that interviewees may have stated, ranked with their evidence for a reader to judge.

Analysts code passages, not links; the links are in the words. Nothing here enters the graph by
itself: a reader accepts a suggestion into a relations file, or refuses it (`kb.suggest.ledger`).
"""

from kb.suggest.causes import suggest_causes
from kb.suggest.cues import Cues, load_cues
from kb.suggest.fixes import suggest_fixes
from kb.suggest.model import CodedInterview, Codes, Evidence, Known, Suggestion, Weights

__all__ = [
    "CodedInterview",
    "Codes",
    "Cues",
    "Evidence",
    "Known",
    "Suggestion",
    "Weights",
    "load_cues",
    "suggest_causes",
    "suggest_fixes",
]
