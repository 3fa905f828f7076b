"""The driver's errors as kb's: the one seam where they are known."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from neo4j import exceptions as driver_errors

from kb.errors import NeedsMemory, QueryTimeout, StoreError, StoreUnavailable, WriteRefused

# The driver logs a lost connection, which is told as an error too; without a handler it goes to stderr.
logging.getLogger("neo4j").addHandler(logging.NullHandler())


@contextmanager
def translated(name: str, unanswered: str) -> Iterator[None]:
    """Turn the driver's errors into kb's.

    Args:
        name: How messages name the server.
        unanswered: The sentence for a connection that is lost.
    """
    try:
        yield
    except driver_errors.AuthError as error:
        raise StoreUnavailable(
            f"{name} refuses the login; check NEO4J_USERNAME and NEO4J_PASSWORD."
        ) from error
    except driver_errors.IncompleteCommit as error:
        raise StoreUnavailable(
            f"The connection to {name} broke while it kept the change; look whether it is there before "
            "you make it again."
        ) from error
    except (driver_errors.ServiceUnavailable, driver_errors.SessionExpired, OSError) as error:
        if _interrupted(error):
            raise KeyboardInterrupt from error  # the driver takes Ctrl-C for a lost connection
        raise StoreUnavailable(unanswered) from error
    except driver_errors.ConfigurationError as error:
        raise StoreUnavailable(f"{name} is not an address kb can use ({one_line(error)}).") from error
    except driver_errors.Neo4jError as error:
        code = error.code or ""
        if "AccessMode" in code or "access mode" in str(error).lower():
            raise WriteRefused(
                "This statement writes, and only reads are allowed; `kb cypher --write` runs it."
            ) from error
        if short := needs_memory(error, name):
            raise short from error
        if "DatabaseNotFound" in code:
            raise StoreUnavailable(f"{name} has no database of that name; check NEO4J_DATABASE.") from error
        if "TransactionTimedOut" in code:  # the bound of the statement, or a smaller one of the server's own
            raise QueryTimeout() from error
        raise StoreError(f"The server refused the statement: {one_line(error)}") from error
    except UnicodeEncodeError as error:  # bytes of the command line that the system took for no text
        raise StoreError(
            "A name or value holds letters that are not UTF-8; set LC_ALL to a UTF-8 one."
        ) from error
    except driver_errors.DriverError as error:
        raise StoreError(f"The driver could not run the statement: {one_line(error)}") from error


def needs_memory(error: driver_errors.Neo4jError, name: str) -> NeedsMemory | None:
    """The sentence for a statement that took all the memory it may, if that is the error.

    Neo4j calls it transient, and the driver would run the statement again for a quarter of a minute.
    """
    if "OutOfMemory" not in (error.code or ""):
        return None
    return NeedsMemory(
        name,
        ", or give the server more (server.memory.heap.max_size, dbms.memory.transaction.total.max)",
    )


def _interrupted(error: BaseException | None) -> bool:
    """Whether an error began as Ctrl-C."""
    while error is not None and not isinstance(error, KeyboardInterrupt):
        error = error.__cause__ or error.__context__
    return error is not None


def one_line(error: Exception) -> str:
    """The gist of a server's error: its message without codes and line breaks."""
    message = getattr(error, "message", None) or str(error)
    text = " ".join(str(message).split())
    return text if len(text) <= 300 else text[:297] + "…"
