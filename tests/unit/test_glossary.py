"""The words of kb's own: what an answer shows has its entry, and no form of one is another's."""

from __future__ import annotations

from collections import Counter

import pytest

from kb.glossary import TERMS, find


@pytest.mark.parametrize("asked", ["weight", "weights", "Robustness", "weakest link"])
def test_what_chains_are_weighed_by_is_explained(asked: str) -> None:
    term = find(asked)
    assert term is not None
    assert "people" in TERMS[term].text


def test_no_form_stands_for_two_words() -> None:
    forms = Counter(form for term, entry in TERMS.items() for form in (term, *entry.also))
    assert [form for form, times in forms.items() if times > 1] == []
