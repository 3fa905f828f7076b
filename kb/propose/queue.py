"""The queue of proposals: a JSON Lines file beside the relations files, one proposal a line.

It is replaced in one step by whoever changes it, one after another. A line that cannot be read is told with
its number and stays in the file as it is, for somebody to mend.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from kb.errors import InputError, UsageError
from kb.propose.model import Decision, Proposal, joined
from kb.text.files import decoded, read_bounded, replace_file
from kb.text.lock import locked
from kb.text.words import plural

__all__ = ["Decision", "Proposal", "append", "decide", "queue_beside", "read_queue"]

NAME = "proposals.jsonl"
#: Bytes of a queue at most: some twenty thousand proposals.
MAX_BYTES = 32 * 2**20


def queue_beside(relations: Path) -> Path:
    """The queue that belongs to a relations file, or to a folder of them."""
    return (relations if relations.is_dir() else relations.parent) / NAME


def read_queue(path: Path, tell: Callable[[str], object] | None = None) -> list[Proposal]:
    """The proposals of a queue, in its order; none if there is no file.

    Args:
        path: The queue.
        tell: Told of each line that is damaged, a sentence with its number; the line is passed over.

    Raises:
        InputError: The file cannot be read, is no UTF-8, is too large; or, without `tell`, a line is damaged.
    """
    found = []
    for line in _lines(path):
        if line.proposal is not None:
            found.append(line.proposal)
        elif line.problem is not None:
            if tell is None:
                raise InputError(line.problem, path, line=line.number)
            tell(str(InputError(line.problem, path, line=line.number)))
    return found


def append(path: Path, proposals: Iterable[Proposal]) -> tuple[str, ...]:
    """Put proposals into a queue, which is begun if there is none.

    One that stands there already is not put in again: it keeps its readers' decisions, whoever else proposes
    it is noted in its `by`, and what verifying it has found now replaces what it had found.

    Args:
        path: The queue.
        proposals: In the order in which they are to be judged.

    Returns:
        Ids of those that are new.

    Raises:
        InputError: The queue cannot be read or written, or would be too large.
    """
    with _locked(path):
        lines = _lines(path)
        at = {line.proposal.id: n for n, line in enumerate(lines) if line.proposal}
        new: list[str] = []
        changed = False
        for proposal in proposals:
            if proposal.id not in at:
                at[proposal.id] = len(lines)
                lines.append(_Line(len(lines) + 1, "", proposal))
                new.append(proposal.id)
                continue
            n = at[proposal.id]
            old = lines[n].proposal
            assert old is not None
            both = proposal.model_copy(
                update={
                    "decisions": old.decisions,
                    "by": joined(old.by, proposal.by),
                    "note": proposal.note if old.note is None else old.note,
                }
            )
            if both != old:
                changed = True
                lines[n] = _Line(lines[n].number, "", both)
        if new or changed:
            _write(path, lines)
    return tuple(new)


def decide(path: Path, id_: str, decision: Decision | None, *, reviewer: str | None = None) -> Proposal:
    """Keep what a reader decided on a proposal; it replaces what they decided before.

    Args:
        path: The queue.
        id_: The proposal.
        decision: What they decided; None takes back what `reviewer` decided.
        reviewer: Whose decision is taken back.

    Returns:
        The proposal as it stands in the queue now.

    Raises:
        UsageError: There is no such proposal.
        InputError: The queue cannot be read or written.
    """
    who = reviewer if decision is None else decision.reviewer
    with _locked(path):
        lines = _lines(path)
        old = next((line.proposal for line in lines if line.proposal and line.proposal.id == id_), None)
        if old is None:
            raise UsageError(f"There is no proposal {id_!r} in {path}; `kb propose FILE` puts them there.")
        others = tuple(each for each in old.decisions if each.reviewer != who)
        now = old.model_copy(update={"decisions": (*others, *((decision,) if decision else ()))})
        if now != old:
            _write(path, [_Line(line.number, "", now) if line.proposal is old else line for line in lines])
    return now


class _Line(NamedTuple):
    """A line of the file: its text as it stands (empty if it is to be written anew), and what it holds."""

    number: int
    text: str
    proposal: Proposal | None = None
    problem: str | None = None


def _lines(path: Path) -> list[_Line]:
    if not path.exists() and not path.is_symlink():
        return []
    raw = read_bounded(path, MAX_BYTES)
    try:
        text = decoded(raw)
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise InputError("This queue is not UTF-8: save it as UTF-8.", path, line=line) from error
    return list(_read(text))


def _read(text: str) -> Iterator[_Line]:
    seen: set[str] = set()
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        proposal, problem = _proposal(line)
        if proposal is not None and proposal.id in seen:
            problem = f"The proposal {proposal.id} stands twice: take this line out."
            proposal = None
        elif proposal is not None:
            seen.add(proposal.id)
        yield _Line(number, line.rstrip("\r"), proposal, problem)


def _proposal(line: str) -> tuple[Proposal | None, str | None]:
    """What a line holds, or what is wrong with it."""
    remedy = "mend or take out the line; the others are read"
    try:
        return Proposal.model_validate(json.loads(line)), None
    except (ValueError, RecursionError) as error:
        if isinstance(error, ValidationError):
            first = error.errors()[0]
            where = ".".join(map(str, first["loc"]))
            said = f"{where}: {first['msg']}" if where else str(first["msg"])
            return None, f"This is no proposal ({said}): {remedy}."
        return None, f"This line is no JSON: {remedy}."


def _write(path: Path, lines: Iterable[_Line]) -> None:
    text = "".join(f"{line.text or (line.proposal and line.proposal.model_dump_json())}\n" for line in lines)
    data = text.encode()
    if len(data) > MAX_BYTES:
        count = plural(text.count("\n"), "proposal")
        msg = f"The queue would be larger than {MAX_BYTES // 2**20} MB ({count}): begin another beside it."
        raise InputError(msg, path)
    try:
        replace_file(path, data)
    except OSError as error:
        raise _unwritable(path, error) from error


def _unwritable(path: Path, error: OSError) -> InputError:
    reason = error.strerror or str(error)
    return InputError(f"The queue of proposals cannot be written ({reason}); choose another place.", path)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Let one process at a time change the queue: each reads it whole and replaces it."""
    with ExitStack() as stack:
        try:
            stack.enter_context(locked(path))
        except OSError as error:
            raise _unwritable(path, error) from error
        yield
