"""The pack on this machine's own HTTP port, since Neo4j Browser loads guides from addresses only.

A plain file server will not do: Neo4j Browser runs at another port, and a web browser lets it read
only what comes with ``Access-Control-Allow-Origin``.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from kb.errors import UsageError


class _Files(SimpleHTTPRequestHandler):
    """The pack's files, readable from any page: they hold questions, and nobody's words."""

    def end_headers(self) -> None:
        self.send_header("Access-Control-Allow-Origin", "*")
        # Neo4j Browser asks with these headers that it wants no cached copy.
        self.send_header("Access-Control-Allow-Headers", "pragma, cache-control")
        super().end_headers()

    def do_OPTIONS(self) -> None:
        """Answer the question that a web browser asks before such a request."""
        self.send_response(204)
        self.end_headers()

    def list_directory(self, path: object) -> None:  # noqa: ARG002
        """Refuse: only the files by their names."""
        self.send_error(404)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing of each request."""


def pack_server(folder: Path, port: int) -> ThreadingHTTPServer:
    """A server of the folder on 127.0.0.1, not yet running; port 0 takes a free one.

    Raises:
        UsageError: The port is taken.
    """
    try:
        return ThreadingHTTPServer(("127.0.0.1", port), partial(_Files, directory=str(folder)))
    except OSError as error:
        raise UsageError(f"Port {port} cannot be used ({error.strerror}); name another.") from error


def serve_pack(folder: Path, port: int, say: Callable[[str], None]) -> None:
    """Serve the folder until Ctrl-C, telling what to type into Neo4j Browser."""
    with pack_server(folder, port) as server:
        # By this name, which Neo4j lets Neo4j Browser load from unless told otherwise.
        address = f"http://localhost:{server.server_address[1]}"
        say(f"Type into Neo4j Browser 5:\n  :style {address}/kb.grass\n  :guide {address}/guide.html")
        say(f"Into a newer one:\n  :guide {address}/guide.adoc\nCtrl-C stops serving.")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            say("Stopped.")
