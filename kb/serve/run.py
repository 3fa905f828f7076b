"""Runs the page until it is stopped."""

from __future__ import annotations

import contextlib
import errno
import ipaddress
import signal
import socket
from collections.abc import Callable, Generator
from typing import Literal

import uvicorn
from starlette.types import ASGIApp

from kb.errors import UsageError
from kb.serve.app import build
from kb.serve.served import Served

_OPEN_SECONDS = 3  # that answers under way get to end, when the server is stopped


def is_loopback(host: str) -> bool:
    """Whether an address is reached from this machine alone.

    Args:
        host: A name or an address.
    """
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens.

    Args:
        host: Address of this machine to listen at.
        port: From 1 to 65535; 0 for any that is free.

    Raises:
        UsageError: Another program has the port, or this machine has no such address.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise UsageError(
                f"Another program (another `kb serve`?) uses port {port}; "
                "--port names another, --port 0 takes any."
            ) from error
        if error.errno == errno.EACCES:
            raise UsageError(f"This user may not listen at port {port}; --port names another.") from error
        raise UsageError(
            f"This machine cannot listen at {host} ({error.strerror or error}); see --host."
        ) from error


def address(host: str, listening: socket.socket, access: str | None, path: str = "/") -> str:
    """What to open in a browser.

    Args:
        host: As the user named it.
        listening: The socket, which knows the port.
        access: The token that the first request must show; None for none.
        path: Of the page.
    """
    everywhere = host in ("0.0.0.0", "::")  # noqa: S104 - compared, not listened at
    name = socket.gethostname() if everywhere else host
    shown = f"[{name}]" if ":" in name else name
    return f"http://{shown}:{listening.getsockname()[1]}{path}" + (f"?token={access}" if access else "")


def run(served: Served, listening: socket.socket, ready: Callable[[], object]) -> None:
    """Answer until SIGINT or SIGTERM; decisions that are on their way are finished first.

    Args:
        served: The graph and what goes with it.
        listening: From `listen`; closed at the end.
        ready: Called when the page can be opened.
    """
    try:
        serve_app(build(served), listening, ready)
    finally:
        served.close()


def serve_app(
    app: ASGIApp,
    listening: socket.socket,
    ready: Callable[[], object],
    lifespan: Literal["on", "off"] = "off",
) -> None:
    """Answer for a web application until SIGINT or SIGTERM.

    Args:
        app: The application.
        listening: From `listen`.
        ready: Called when it can be asked.
        lifespan: Whether the application is told of its start and end.
    """
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=_OPEN_SECONDS,
        server_header=False,
        ws="none",
        lifespan=lifespan,
    )
    _Server(config, ready).run(sockets=[listening])


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, ready: Callable[[], object]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        self._ready()

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        """Ctrl-C is how a page ends: in order, and without an error; the library would raise it again."""
        before = {each: signal.signal(each, self.handle_exit) for each in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for each, handler in before.items():
                signal.signal(each, handler)
