"""CSV for spreadsheets: no cell runs, numbers stay numbers."""

import pytest

from kb.export.tables import table
from kb.text.sheets import MARK, guarded


@pytest.mark.parametrize("cell", ["=HYPERLINK(A1)", "@SUM(A1)", "+1+cmd", "-2+3", "\t=A1", "-A1"])
def test_what_a_spreadsheet_would_run_is_text(cell: str) -> None:
    assert guarded(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "-0.5", "+3", "-1e-5", "-12,5%", "a=b", "don't", "1-2"])
def test_what_it_would_not_run_stays(cell: str) -> None:
    assert guarded(cell) == cell


def test_a_table_is_as_it_is_unless_it_is_for_a_spreadsheet() -> None:
    records = [{"id": "=A1", "weight": -3}]
    assert table(records, ("id",)) == "id,weight\r\n=A1,-3\r\n"
    assert table(records, ("id",), sheet=True) == f"{MARK}id,weight\r\n'=A1,-3\r\n"
