"""Labels as written → concepts: what the codebook decides, what the rules propose, what is left.

::

    codebook = load_codebook(Path("codebook.yaml"))
    resolution = resolve(labels, codebook)
    resolution.concept("Data-no-signal-fix").issue  # 'Data-no-signal'
    check(counts, codebook)                         # what nobody has decided yet
"""

from kb.codebook.check import PROBLEM_KINDS, Problem, check, problems_of
from kb.codebook.labels import KINDS, Kind, fold
from kb.codebook.model import NONE, Codebook, Entry
from kb.codebook.read import load_codebook, shipped_codebook, user_codebook
from kb.codebook.resolve import Concept, Resolution, resolve
from kb.text.nearest import did_you_mean, nearest

__all__ = [
    "KINDS",
    "NONE",
    "PROBLEM_KINDS",
    "Codebook",
    "Concept",
    "Entry",
    "Kind",
    "Problem",
    "Resolution",
    "check",
    "did_you_mean",
    "fold",
    "load_codebook",
    "nearest",
    "problems_of",
    "resolve",
    "shipped_codebook",
    "user_codebook",
]
