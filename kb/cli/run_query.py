"""What ``kb query NAME`` does: ask, print, and say what the rows do not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from kb.cli.options import Format, store
from kb.cli.output import print_rows, say

if TYPE_CHECKING:
    from kb.ask.query import Query


def run_query(query: Query, params: dict[str, Any], options: dict[str, Any]) -> None:
    """Ask a canned query and print what it gives.

    Args:
        query: It.
        params: Its parameters, as typed.
        options: The other options of its command, by name.
    """

    def imported() -> None:
        import kb.ask.answer

        if options["format_"] is Format.table:
            import kb.cli.table  # noqa: F401

    with store(options["db"], timeout=options["timeout"], meanwhile=imported) as graph:
        from kb.ask.answer import ask, prepare, resolve
        from kb.ask.lists import citations
        from kb.ask.within import within
        from kb.cli.next_step import why_nothing

        if options["explain"]:
            from kb.cli.explain import print_prepared

            values = resolve(graph, query, params)
            with within(graph, options["where"] or (), query) as part:
                print_prepared(
                    query, prepare(part.store, query, values, timeout=graph.timeout), options["format_"]
                )
            if part.said:
                say(f"It is asked of a graph of its own. {part.said}")
            return
        result = ask(graph, query, params, where=options["where"] or ())
        cited = citations(graph, (id_ for row in result.rows for id_ in row.get("catalogues") or ()))
        empty = (
            ""
            if result.rows or result.notes
            else why_nothing(graph, query, params, options["db"], options["where"] or ())
        )
    format_ = options["format_"]
    columns = result.columns
    if format_ is not Format.json:  # a path beside its own columns would only say the same again
        columns = tuple(c for c in columns if c != "path") or columns
    shortened = print_rows(
        columns,
        result.rows,
        format_,
        title=query.title,
        headers=query.columns,
        full=options["full"],
        screen=True,
    )
    words = _more_words(result.rows, shortened) if format_ is Format.table else ""
    for line in (empty, words):
        if line:
            say(line)
    for note in (result.within, *result.notes):
        if note:
            say(note)
    for id_, citation in cited.items():
        say(f"{id_}: {citation}")


# Columns of the two ends of a relation that a row shows, whichever it has.
_ENDS = (("cause", "effect"), ("issue", "fix"), ("from", "to"), ("item", "issue"))
_ALONE = ("is", "falls under", "spoken of")  # parts of an issue's card that are no relation


def _more_words(rows: Sequence[Mapping[str, Any]], shortened: bool) -> str:
    """Where the passages behind the quotes of a table are, for the first that has any."""
    from shlex import quote

    from kb.text.cells import CHAINS

    row = next((row for row in rows if row.get("quotes") and row.get("section") not in _ALONE), None)
    if row is None:
        return ""
    chain = next((row[column] for column in CHAINS if row.get(column)), None)
    ends = (
        chain[:2] if chain else next(([row[a], row[b]] for a, b in _ENDS if row.get(a) and row.get(b)), None)
    )
    if row.get("summed"):  # of what it falls under, no relation is told
        ends = row["summed"][0].split(" → ", 1)
    words = " ".join(map(quote, ends)) if ends else "A B"
    every = f"`kb query evidence-of-relation {words}` shows every passage of a relation."
    return f"Some quotes are shortened or left out: --full prints them. {every}" if shortened else every
