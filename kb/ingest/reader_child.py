"""The process that reads files for another: a script that `kb.ingest.reader` starts and ends.

It reads pickles from standard input, first Python's path, then orders (`Order`), and answers each with
messages (`Message`) on standard output. It ends when standard input closes, as it does however the
process that asked ends.
"""

from __future__ import annotations

import faulthandler
import os
import pickle
import queue
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

# What is to be read, the file, what the user says of it (`Overrides`; of what is no interview its
# encoding), and the seconds that it may take.
Order = tuple[str, Path, Any, float]
# A word and what goes with it:
#   ready    None         orders can come
#   format   str          of the file's loader
#   records  list         some of the file's, in their order
#   result   object       what a file holds that is no interview
#   refused  KbError      why it is not read
#   broken   str          kb's own mistake, in a sentence
#   done     None         that was all
Message = tuple[str, Any]

_BATCH = 250  # records
_GRACE = 10.0  # seconds that the other process has to end this one
_MAX_MEMORY = 4 * 2**30  # of this process; no study takes a quarter of it
# Of all records of a file as they are sent, which the other process keeps; archives of texts may have 128 MB.
_MAX_SENT = 512 * 2**20


def main() -> None:
    """Read what standard input orders."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that asked
    answers = os.fdopen(os.dup(1), "wb")
    asked = os.fdopen(os.dup(0), "rb")
    os.dup2(2, 1)  # whatever a loader prints must not be taken for an answer
    _bound_memory()
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    sys.path[:] = pickle.load(asked)  # noqa: S301  # from the process that started this one
    import kb.ingest.overrides  # noqa: F401  # takes a while, which no file has to answer for

    _send(answers, ("ready", None))
    orders: queue.SimpleQueue[Order] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(asked, orders), daemon=True).start()
    while True:
        what, path, said, seconds = orders.get()
        if seconds:  # in case nobody is there any more to end it
            faulthandler.dump_traceback_later(seconds + _GRACE, exit=True, file=null)
        sent = 0
        try:
            for message in _answered(what, path, said):
                sent += _send(answers, message)
                if sent > _MAX_SENT and message[0] == "records":
                    raise MemoryError
        except MemoryError:
            _send(answers, ("refused", _too_large(path)))
        faulthandler.cancel_dump_traceback_later()


def _listen(asked: BinaryIO, orders: queue.SimpleQueue[Order]) -> None:
    """Take orders until nobody gives any, which ends the process whatever it does."""
    while True:
        try:
            orders.put(pickle.load(asked))  # noqa: S301  # as above
        except Exception:
            os._exit(0)


def _bound_memory() -> None:
    """Let this process fail for want of memory before the machine does; where the system can."""
    try:
        import resource
    except ImportError:  # Windows
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    bounds = [bound for bound in (soft, hard, _MAX_MEMORY) if bound != resource.RLIM_INFINITY]
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (min(bounds), hard))


def _send(answers: BinaryIO, message: Message) -> int:
    """Send a message; returns its bytes."""
    raw = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    try:
        answers.write(raw)
        answers.flush()
    except OSError:
        os._exit(0)
    return len(raw)


def _too_large(path: Path) -> Exception:
    from kb.errors import InputError

    return InputError(
        "what it holds takes more memory than a study does: split it, or take out of it what is marked "
        "again and again.",
        path,
    )


def _answered(what: Any, path: Path, said: Any) -> Iterator[Message]:
    from kb.errors import KbError
    from kb.ingest.overrides import Overrides, parse
    from kb.ingest.whole import load_whole
    from kb.unexpected import told

    try:
        if what == "records":
            format_, found = parse(path, Overrides() if said is None else said)
            yield "format", format_
            batch: list[Any] = []
            for record in found:
                batch.append(record)
                if len(batch) == _BATCH:
                    yield "records", batch
                    batch = []
            yield "records", batch
        else:
            yield "result", load_whole(what, path, said)
        yield "done", None
    except KbError as error:
        yield "refused", error
    except MemoryError:
        raise
    except Exception as error:
        yield "broken", told(error)


if __name__ == "__main__":
    main()
