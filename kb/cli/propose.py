"""``kb propose``: relations that a model or another coder proposes, verified; what a model needs for it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kb.cli.options import Db, Format, FormatOption, store
from kb.cli.output import print_rows, say
from kb.text.words import plural

if TYPE_CHECKING:
    from kb.propose.model import Proposal
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
    from kb.propose.queue import append, queue_beside, read_queue
    from kb.propose.read import read_proposed
    from kb.propose.verify import Verifier

    read = read_proposed(Path(what[0]))
    queue = queue_beside(into)
    with store(db, timeout=0) as graph:
        over = OverGraph(graph, read.rows, language=language, ledger=into)
        outcomes = list(Verifier(over.source(), interview=interview, by=by).all(read.rows))
    proposals = [each.proposal for each in outcomes if each.proposal is not None]
    before = {each.id: each for each in read_queue(queue, say)}
    new = set[str]() if check else set(append(queue, proposals))
    rows = _rows(outcomes, before)
    if format_ is Format.table:
        _print(outcomes, rows)
    else:
        print_rows(_COLUMNS, rows, format_)
    for note in read.notes:
        say(note)
    refused = sum(each.refused for each in outcomes)
    found = {each.id for each in proposals if each.refusal is None}
    said = f"{plural(len(outcomes), 'proposal')}: {refused} refused, {len(found)} found in the transcripts"
    if check:
        say(f"{said}; nothing was written (--check).")
    else:
        say(f"{said}, {len(found & new)} of them new in {queue}.")
    if refused:
        raise typer.Exit(1)


def _rows(outcomes: list[Outcome], before: dict[str, Proposal]) -> list[dict[str, Any]]:
    """The outcomes as rows of all columns; what stood in the queue, or further up, is `known`."""
    rows = []
    seen: dict[str, int] = {}
    for outcome in outcomes:
        row: dict[str, Any] = dict.fromkeys(_COLUMNS)
        proposal = outcome.proposal
        if proposal is None:
            row |= {"status": "refused", "given": outcome.given, "refusal": outcome.problem}
        else:
            old = before.get(proposal.id)
            kept = proposal.model_copy(update={"decisions": old.decisions}) if old else proposal
            fields = kept.model_dump(mode="json")
            row |= {name: fields[name] for name in _COLUMNS if name in fields}
            row["known"] = f"line {seen[proposal.id]}" if proposal.id in seen else "queue" if old else None
            seen.setdefault(proposal.id, outcome.line)
        rows.append({**row, "line": outcome.line})
    return rows


def _print(outcomes: list[Outcome], rows: list[dict[str, Any]]) -> None:
    """For eyes: each with its words and what was found."""
    from kb.cli.table import print_item

    for outcome, row in zip(outcomes, rows, strict=True):
        proposal = outcome.proposal
        known = {None: "", "queue": ", in the queue already"}
        status = row["status"] + known.get(row["known"], f", the same as in {row['known']}")
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
