"""``kb propose``: relations that a model or another coder proposes, verified; what a model needs for it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kb.cli.options import Db, Format, FormatOption, store
from kb.cli.output import print_rows, say
from kb.text.words import plural

if TYPE_CHECKING:
    from kb.propose.verify import Outcome

DEFAULT_FILE = Path("relations.yaml")
_COLUMNS = ("line", "status", "kind", "start", "end", "interview", "turns", "evidence", "speaker", "explicit",
            "by", "note", "given", "quotes", "refusal", "warnings", "speaks_for", "speaks_against", "known",
            "id")  # fmt: skip


def propose(
    what: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE", help="A file of proposals; with --prompt, interviews.", show_default=False
        ),
    ],
    check: Annotated[bool, typer.Option("--check", help="Only verify; write no queue.")] = False,
    interview: Annotated[
        str | None, typer.Option(help="The interview of proposals that name none.", show_default=False)
    ] = None,
    by: Annotated[
        str | None, typer.Option(help="Who proposes, where the file does not say.", show_default=False)
    ] = None,
    into: Annotated[
        Path, typer.Option("--into", help="The relations file, or folder, that the queue stands beside.")
    ] = DEFAULT_FILE,
    prompt: Annotated[
        bool,
        typer.Option("--prompt", help="Write what a model needs to propose relations of these interviews."),
    ] = False,
    size: Annotated[
        int, typer.Option(help="With --prompt: characters of a piece at most.", min=1, show_default=True)
    ] = 40_000,
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", metavar="FOLDER", help="With --prompt: write a file for each piece."),
    ] = None,
    language: Annotated[str, typer.Option(help="Language of the interviews; en is shipped.")] = "en",
    db: Db = None,
    format_: FormatOption = Format.table,
) -> None:
    """Verify relations that somebody proposes, and keep them for `kb review`.

    A file is JSON Lines or a table with cause and effect (or issue and fix), kind, quote, interview, and
    perhaps turn, speaker, note, by. A quote that is not in the transcript is refused, and so is one of the
    interviewer's. What is not refused waits in proposals.jsonl beside the relations file, never in the graph.
    Ends with 1 if something is refused. With --prompt it prints rules, codes and turns for a model, and
    sends nothing anywhere.
    """
    from kb.errors import UsageError

    if prompt:
        _prompt(what, size, out, db)
        return
    if len(what) != 1:
        raise UsageError("Name one file of proposals; several interviews go with --prompt.")
    from kb.propose.over_graph import OverGraph
    from kb.propose.queue import append, queue_beside
    from kb.propose.read import read_proposed
    from kb.propose.verify import Verifier

    read = read_proposed(Path(what[0]))
    queue = queue_beside(into)
    with store(db, timeout=0) as graph:
        over = OverGraph(graph, read.rows, language=language, ledger=into)
        outcomes = list(Verifier(over.source(), interview=interview, by=by).all(read.rows))
    proposals = [each.proposal for each in outcomes if each.proposal is not None]
    before = _waiting_before(queue)
    new = set() if check else set(append(queue, proposals))
    _show(outcomes, before, format_)
    for note in read.notes:
        say(note)
    refused = sum(each.refused for each in outcomes)
    waiting = len({each.id for each in proposals if each.refusal is None})
    said = f"{plural(len(outcomes), 'proposal')}: {waiting} found in the transcripts, {refused} refused"
    if check:
        say(f"{said}; nothing was written (--check).")
    else:
        fresh = len([each for each in proposals if each.refusal is None and each.id in new])
        say(f"{said}; {fresh} new in {queue}, for `kb review`.")
    if refused:
        raise typer.Exit(1)


def _waiting_before(queue: Path) -> frozenset[str]:
    """Ids of what the queue holds already."""
    from kb.propose.queue import read_queue

    return frozenset(each.id for each in read_queue(queue, say))


def _show(outcomes: list[Outcome], before: frozenset[str], format_: Format) -> None:
    rows = [_row(each, before) for each in outcomes]
    if format_ is Format.table:
        _print(outcomes, rows)
    else:
        print_rows(_COLUMNS, rows, format_)


def _row(outcome: Outcome, before: frozenset[str]) -> dict[str, Any]:
    proposal = outcome.proposal
    row: dict[str, Any] = dict.fromkeys(_COLUMNS)
    if proposal is None:
        return {**row, "line": outcome.line, "status": "refused", "given": outcome.given,
                "refusal": outcome.problem}  # fmt: skip
    fields = proposal.model_dump(mode="json")
    return {
        **{name: fields.get(name) for name in _COLUMNS},
        "line": outcome.line,
        "known": proposal.id in before,
    }


def _print(outcomes: list[Outcome], rows: list[dict[str, Any]]) -> None:
    """For eyes: each with its words and what was found."""
    from kb.cli.table import print_item

    for outcome, row in zip(outcomes, rows, strict=True):
        proposal = outcome.proposal
        status = row["status"] + (", known already" if row["known"] else "")
        if proposal is None:
            print_item(f"line {outcome.line}", status, [f"refused: {outcome.problem}"])
            continue
        verb = proposal.relation_kind.verb
        below = []
        if proposal.refusal is not None:
            below = [f"“{proposal.given}”", f"refused: {proposal.refusal}"]
        else:
            quotes = zip(proposal.turns, proposal.quotes, strict=True)
            below = [f"{turn}: “{quote}”" for turn, quote in quotes]
            below += [f"look: {warning}" for warning in proposal.warnings]
            below += [f"for: {'; '.join(proposal.speaks_for)}"] if proposal.speaks_for else []
            below += [f"against: {'; '.join(proposal.speaks_against)}"] if proposal.speaks_against else []
        who = f", by {proposal.by}" if proposal.by else ""
        print_item(f"line {outcome.line}  {proposal.start} {verb} {proposal.end}", f"{status}{who}", below)


def _prompt(interviews: list[str], size: int, out: Path | None, db: Path | None) -> None:
    """Print or write the pieces."""
    from kb.ask.answer import known
    from kb.errors import ExportError
    from kb.propose.over_graph import OverGraph
    from kb.propose.prompt import file_name, pieces
    from kb.text.files import write_file

    with store(db, timeout=0) as graph:
        over = OverGraph(graph)
        ids = list(dict.fromkeys(known(graph, "interview", each) for each in interviews))
        found = [(each, list(pieces(each, over.turns(each), over.codes(), size))) for each in ids]
    count = sum(len(texts) for _, texts in found)
    if out is None:
        typer.echo("\n".join(text for _, texts in found for text in texts), nl=False)
        say(f"{plural(count, 'piece')} for a model; nothing was sent anywhere.")
        return
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExportError(
            f"{out} cannot be made ({error.strerror}); choose another folder with -o."
        ) from error
    for each, texts in found:
        for number, text in enumerate(texts, 1):
            path = out / file_name(each, number, len(texts))
            write_file(path, text)
            say(f"{path}: {len(text)} characters.")
    say(f"{plural(count, 'file')} with words of interviews; nothing was sent anywhere.")
