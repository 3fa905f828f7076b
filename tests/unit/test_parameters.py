"""Parameters of a statement that no graph can take."""

from __future__ import annotations

from typing import Any

import pytest

from kb.cli.cypher import _value
from kb.errors import UsageError
from kb.store.parameters import check_parameters

TOO_DEEP = "levels in each other"
TOO_LARGE = "9223372036854775807"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("9" * 23, TOO_LARGE),
        ("-" + "9" * 23, TOO_LARGE),
        ("9" * 5000, TOO_LARGE),
        ('[1, {"b": [9223372036854775808]}]', TOO_LARGE),
        ("[" * 5000, TOO_DEEP),
        ("[" * 5000 + "]" * 5000, TOO_DEEP),
        ("[" * 500 + "]" * 500, TOO_DEEP),
        (r'"\ud800"', "half of a character"),
        (r'{"\ud800": 1}', "half of a character"),
    ],
)
def test_what_no_graph_takes_is_refused_with_its_name(text: str, said: str) -> None:
    with pytest.raises(UsageError, match=f"^The parameter a .*{said}.*[.]$"):
        check_parameters(dict([_value(f"a={text}")]))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("9223372036854775807", 2**63 - 1),
        ("-9223372036854775808", -(2**63)),
        (r'"\ud83d\ude2c"', "\U0001f62c"),
        ("words", "words"),
        ("[1, words", "[1, words"),
        ('{"a": [1.5, null, true]}', {"a": [1.5, None, True]}),
    ],
)
def test_what_a_graph_takes_passes(text: str, value: Any) -> None:
    name, found = _value(f"a={text}")
    assert found == value
    check_parameters({name: found})
