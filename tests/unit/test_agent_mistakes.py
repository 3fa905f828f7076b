"""What an agent is told: in the words of tools, and after a little patience."""

from __future__ import annotations

from typing import Any, cast

import pytest

from kb.agents import looks
from kb.agents.looks import Looks
from kb.agents.told import for_agents
from kb.api.graph import Graph
from kb.errors import StoreLocked


class _Fake:
    def __enter__(self) -> _Fake:
        return self

    def __exit__(self, *_: Any) -> None:
        pass


def test_options_are_parameters_but_a_command_stays_one() -> None:
    assert for_agents("--min-people is at least 1.") == "The parameter min_people is at least 1."
    command = "Load a table with `kb load --participants FILE`."
    assert for_agents(command) == command


def test_a_question_waits_for_another_command_but_not_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    tries = iter([True, True, False])

    def opened() -> Graph:
        if next(tries, True):
            raise StoreLocked("Another process has it.")
        return cast(Graph, _Fake())

    with Looks(opened).graph() as graph:
        assert graph
    monkeypatch.setattr(looks, "PATIENCE", 0)
    with pytest.raises(StoreLocked), Looks(opened).graph():
        pass
