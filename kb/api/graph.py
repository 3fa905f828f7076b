"""A graph in Python: loaded, asked, drawn, measured."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from kb.api.answer import Answer, Figure
from kb.api.queries import Queries
from kb.api.reports import Reports
from kb.errors import UsageError

if TYPE_CHECKING:
    from kb.api.study import Study
    from kb.ingest.report import LoadReport
    from kb.store.bolt import Store
    from kb.suggest import Suggestion

_Paths = str | Path


class Graph(Reports):
    """A knowledge base that is open.

    Args:
        store: Its store; closed with the graph.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def __enter__(self) -> Graph:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<kb graph: {self._store.name}>"

    def close(self) -> None:
        """Close it; the embedded engine stops."""
        self._store.close()

    @property
    def store(self) -> Store:
        """The store below, for what this class does not offer."""
        return self._store

    @property
    def queries(self) -> Queries:
        """The canned queries that kb ships, by name."""
        return Queries()

    def load(
        self,
        *paths: _Paths,
        codebook: _Paths | None = None,
        catalogue: bool | _Paths | Sequence[_Paths] = False,
        participants: _Paths | Sequence[_Paths] = (),
        pseudonyms: _Paths | Literal[False] | None = None,
        interview: str | None = None,
        coder: str | None = None,
        round: str | None = None,  # the field's word
        interviewers: Sequence[str] = (),
        interviewees: Sequence[str] = (),
        encoding: str | None = None,
        accept_guesses: bool = False,
        shipped_relations: bool = True,
        dry_run: bool = False,
        file_timeout: float | None = None,
    ) -> LoadReport:
        """Load files, folders and patterns: a sync, as ``kb load`` does it.

        Args:
            paths: Interviews, relations files, or folders with both.
            codebook: Your codebook, laid over the shipped one and kept in the graph.
            catalogue: True for the catalogue that kb ships, or files of your own.
            participants: Tables of participants (docs/participants.md).
            pseudonyms: A list of names that are replaced in all that is loaded; False to say that it holds
                none, in a graph whose names were replaced.
            interview: Of these sources, where their names do not say.
            coder: The same.
            round: The same.
            interviewers: Speakers' labels that are interviewers.
            interviewees: Speakers' labels that are interviewees.
            encoding: Of text files that are not UTF-8, such as ``cp1252``.
            accept_guesses: Load a source though more than half of its speakers or roles are guessed,
                which else is one that failed.
            shipped_relations: Use the relations that kb ships where their words are in the interview.
            dry_run: Read and report, write nothing.
            file_timeout: Seconds that the reading of each file may take; None for ``KB_FILE_TIMEOUT``, else
                120; 0 for no bound, which reads them in this process.

        Returns:
            What was loaded, and what could not be placed; ``report.failed`` is True if something was
            left out.

        Raises:
            KbError: The codebook or a catalogue cannot be read, or the graph refused.
        """
        from kb.catalogue import shipped_catalogue
        from kb.ingest.load import Options, load
        from kb.ingest.overrides import Overrides
        from kb.ingest.reader import read_codebook, read_names

        book = read_codebook(Path(codebook), file_timeout) if codebook else None
        if isinstance(catalogue, bool):
            catalogues = [shipped_catalogue()] if catalogue else []
        else:
            catalogues = _listed(catalogue)
        codes = tuple(book.canonical_of) if book else ()
        options = Options(
            overrides=Overrides(
                interview,
                coder,
                round,
                tuple(interviewers),
                codes,
                interviewees=tuple(interviewees),
                encoding=encoding,
                accept_guesses=accept_guesses,
                pseudonyms=read_names(Path(pseudonyms), encoding, file_timeout) if pseudonyms else None,
            ),
            without_pseudonyms=pseudonyms is False,
            codebook=book,
            catalogues=tuple(catalogues),
            participants=tuple(_listed(participants)),
            shipped_relations=shipped_relations,
            dry_run=dry_run,
            file_timeout=file_timeout,
        )
        return load(self._store, [Path(path) for path in paths], options)

    def ask(
        self,
        name: str,
        *,
        where: str | Sequence[str] | Mapping[str, Any] = (),
        folder: _Paths | None = None,
        timeout: float | None = None,
        **params: Any,
    ) -> Answer:
        """Ask a canned query.

        Args:
            name: Its name, as `queries` lists it.
            where: Count only what people with these attributes told: ``"years>=3"``, several of such,
                or ``{"sector": "health"}`` (docs/participants.md).
            folder: A folder with queries of your own.
            timeout: Seconds that it may take; None for the graph's bound, 0 for none.
            params: The query's parameters; those left out take their default.

        Raises:
            UsageError: There is no such query or parameter, a value is missing or out of range, or a
                code, interview or coder is not in the graph (the message tells the nearest).
            QueryTimeout: It took longer than it may.
        """
        from kb.ask.answer import ask, to_subgraph
        from kb.ask.query import find_query
        from kb.ask.where import conditions
        from kb.text.nearest import did_you_mean

        query = find_query(name, [Path(folder)] if folder else [])
        unknown = sorted(set(params) - set(query.params))
        if unknown:
            hint = did_you_mean(unknown[0], query.params) or f" It takes {', '.join(query.params) or 'none'}."
            raise UsageError(f"The query {name!r} has no parameter {unknown[0]!r}.{hint}")
        found = ask(self._store, query, params, timeout=timeout, where=conditions(where))
        notes = (found.within, *found.notes) if found.within else found.notes
        figure = self._figure(to_subgraph(found), found.within)
        return Answer(found.columns, found.rows, notes, figure, title=query.title)

    def subgraph(self, name: str, **params: Any) -> Figure:
        """The graph of a canned query's answer, to draw or to hand on; arguments and errors as in `ask`.

        Raises:
            UsageError: Also where the query gives rows and no graph.
        """
        answer = self.ask(name, **params)
        if answer.rows and not answer.subgraph.nodes:
            drawn = ", ".join(n for n, query in self.queries.items() if query.returns == "graph")
            raise UsageError(f"The query {name!r} gives rows, not a graph; these give one: {drawn}.")
        return answer.subgraph

    def cypher(self, statement: str, *, timeout: float | None = None, **params: Any) -> Answer:
        """Run a Cypher statement that reads; errors as in `kb.store.bolt.Store.read`."""
        from kb.ask.answer import to_subgraph

        found = self._store.read(statement, params, timeout=timeout)
        return Answer(found.columns, found.rows, (), self._figure(to_subgraph(found)))

    def study(self, interview: str | None = None) -> Study:
        """The coded interviews read back, for agreement and statistics.

        Args:
            interview: Only this interview; None for all.

        Raises:
            UsageError: There is no such interview.
        """
        from kb.api.study import Study
        from kb.ask.answer import known
        from kb.ask.study import read_study

        scope = known(self._store, "interview", interview) if interview is not None else None
        return Study(read_study(self._store, scope))

    def suggest(
        self,
        kind: Literal["causes", "fixes"] = "causes",
        *,
        interview: str | None = None,
        language: str = "en",
        ledger: _Paths | None = None,
        learn: bool = False,
    ) -> list[Suggestion]:
        """Candidate relations, best first; nothing enters the graph by itself.

        Args:
            kind: Causes or fixes.
            interview: Only this interview.
            language: Of the shipped cue words.
            ledger: A relations file: what it holds or refuses, and what the graph holds, is left out.
            learn: Re-weigh the kinds of evidence by these decisions.
        """
        from kb.suggest.ledger import without_refused
        from kb.suggest.over_graph import suggestions

        path = Path(ledger) if ledger else None
        found = suggestions(
            self._store, kind, interview=interview, language=language, ledger=path, learn=learn
        )
        return without_refused(found, path)

    def digest(self, *, full: bool = False) -> str:
        """SHA-256 (hex) of the graph's content: equal for equal graphs, on either engine.

        Args:
            full: From every node and edge, not from what each interview keeps, which does not tell
                whether something else than kb has changed a property.
        """
        from kb.store.digest import counts
        from kb.store.kept import told_digests

        return told_digests(self._store, {} if full else counts(self._store), full=full).digests.graph

    def _figure(self, subgraph: Any, within: str = "") -> Figure:
        """A figure that knows the study's ids, what it has to cite, and whose words it is drawn from."""
        from kb.ask.lists import citations, names

        if not subgraph.nodes:
            return Figure(subgraph)
        ids = (id_ for edge in subgraph.edges for id_ in edge.properties.get("catalogues") or ())
        source = " ".join(cited for cited in citations(self._store, ids).values() if cited) or None
        return Figure(subgraph, names=names(self._store), source=source, within=within)


def _listed(paths: _Paths | Sequence[_Paths]) -> list[Path]:
    return [Path(path) for path in ([paths] if isinstance(paths, str | Path) else paths)]
