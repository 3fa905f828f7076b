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


def main() -> None:
    """Read what standard input orders."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that asked
    answers = os.fdopen(os.dup(1), "wb")
    asked = os.fdopen(os.dup(0), "rb")
    os.dup2(2, 1)  # whatever a loader prints must not be taken for an answer
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
        for message in _answered(what, path, said):
            _send(answers, message)
        faulthandler.cancel_dump_traceback_later()


def _listen(asked: BinaryIO, orders: queue.SimpleQueue[Order]) -> None:
    """Take orders until nobody gives any, which ends the process whatever it does."""
    while True:
        try:
            orders.put(pickle.load(asked))  # noqa: S301  # as above
        except Exception:
            os._exit(0)


def _send(answers: BinaryIO, message: Message) -> None:
    try:
        answers.write(pickle.dumps(message, pickle.HIGHEST_PROTOCOL))
        answers.flush()
    except OSError:
        os._exit(0)


def _answered(what: Any, path: Path, said: Any) -> Iterator[Message]:
    from kb.errors import KbError
    from kb.ingest.overrides import Overrides, parse
    from kb.ingest.whole import load_whole
    from kb.unexpected import told

    try:
        if what == "records":
            format_, found = parse(path, said or Overrides())
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
    except Exception as error:
        yield "broken", told(error)


if __name__ == "__main__":
    main()
