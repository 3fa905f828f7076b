"""Relations that a reader wrote down: cause and effect, issue and fix, with words of the passage.

`load_relations` reads a file, `unknown_names` finds the misspelt codes in it, and `find_evidence`
finds each relation's words in the turns of its interview. The form is in ``docs/relations.md``.
"""

from kb.relations.evidence import Evidence, Findings, find_all, find_evidence, unknown_names
from kb.relations.model import End, Relation, RelationsFile
from kb.relations.read import load_relations, relations_files

__all__ = [
    "End",
    "Evidence",
    "Findings",
    "Relation",
    "RelationsFile",
    "find_all",
    "find_evidence",
    "load_relations",
    "relations_files",
    "unknown_names",
]
