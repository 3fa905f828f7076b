"""kb: a graph knowledge base of issues, their causes and their fixes, from coded interviews.

As a library::

    import kb

    with kb.open("study.kb", create=True) as graph:
        graph.load("interviews/")
        chains = graph.ask("causal-chains", effect="MD-performance-drop")
        chains.subgraph.export("chains.pdf", preset="one")

What is offered here is imported when it is first used, so that ``import kb`` stays quick; docs/python.md
describes it.
"""

from __future__ import annotations

# Type checkers know the name. To import anything would take most of the time until `kb` hears Ctrl-C.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from kb.api.answer import Answer, Figure
    from kb.api.graph import Graph
    from kb.api.opening import open_graph as open
    from kb.errors import KbError

__version__ = "0.1.0"
__all__ = ["Answer", "Figure", "Graph", "KbError", "__version__", "open"]

# Name -> module and name there.
_OFFERED = {
    "Answer": ("kb.api.answer", "Answer"),
    "Figure": ("kb.api.answer", "Figure"),
    "Graph": ("kb.api.graph", "Graph"),
    "KbError": ("kb.errors", "KbError"),
    "open": ("kb.api.opening", "open_graph"),
}


def __getattr__(name: str) -> Any:
    if name not in _OFFERED:
        raise AttributeError(f"module 'kb' has no attribute {name!r}")
    from importlib import import_module

    module, there = _OFFERED[name]
    return getattr(import_module(module), there)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
