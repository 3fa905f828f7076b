"""A catalogue: issues that a publication describes, with causes, consequences, fixes and their codes.

`load_catalogue` reads a file; the form is in ``docs/catalogue.md``. What it says are statements of
the catalogue, never of a person.
"""

from kb.catalogue.model import Catalogue, CatalogueIssue, Statement
from kb.catalogue.read import load_catalogue, shipped_catalogue

__all__ = ["Catalogue", "CatalogueIssue", "Statement", "load_catalogue", "shipped_catalogue"]
