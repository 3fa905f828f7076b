"""A TCP proxy before a server: it can cut connections, answer in its place, and shows what was sent."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

Watch = Callable[[bytes], bool]
Answer = Callable[[bytes], bytes | None]


class Proxy:
    """Forwards bytes both ways.

    Attributes:
        port: Where it listens, on 127.0.0.1.
        sent: What clients have sent.
        before: Asked of each piece a client sends; true cuts all connections before it is passed on.
        after: The same, but the piece is passed on, and answered, and the answer is not passed back.
        instead: Asked of each piece a client sends; what it gives is the answer, and the piece is not
            passed on.

    Where a server names its own address in an answer, as one that routes does, the proxy's stands there.
    """

    def __init__(self, uri: str) -> None:
        parts = urlsplit(uri)
        self._target = (parts.hostname or "", parts.port or 7687)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._open: list[socket.socket] = []
        self._lock = threading.Lock()
        self.port: int = self._listener.getsockname()[1]
        self._names = tuple(f"{self._target[0]}:{port}".encode() for port in (self._target[1], self.port))
        assert len(set(map(len, self._names))) == 1  # the length of a text stands before it
        self.sent = bytearray()
        self.before: Watch = lambda _: False
        self.after: Watch = lambda _: False
        self.instead: Answer = lambda _: None
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """Break all connections; new ones are taken."""
        with self._lock:
            gone, self._open = self._open, []
        for each in gone:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()

    def close(self) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)  # else who waits for a connection takes one more
        self._listener.close()
        self.cut()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                server = socket.create_connection(self._target)
                with self._lock:
                    self._open += [client, server]
                mute = threading.Event()
                threading.Thread(target=self._up, args=(client, server, mute), daemon=True).start()
                threading.Thread(target=self._down, args=(server, client, mute), daemon=True).start()

    def _up(self, client: socket.socket, server: socket.socket, mute: threading.Event) -> None:
        with suppress(OSError):
            while piece := client.recv(65536):
                self.sent += piece
                if self.before(piece):
                    self.cut()
                    return
                if answer := self.instead(piece):
                    client.sendall(answer)
                    continue
                if self.after(piece):
                    mute.set()
                server.sendall(piece)
        self._end(client, server)

    def _down(self, server: socket.socket, client: socket.socket, mute: threading.Event) -> None:
        with suppress(OSError):
            while piece := server.recv(65536):
                if mute.is_set():
                    self.cut()
                    return
                client.sendall(piece.replace(*self._names))
        self._end(client, server)

    def _end(self, *pair: socket.socket) -> None:
        for each in pair:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)


@contextmanager
def proxied(uri: str) -> Iterator[Proxy]:
    """A proxy before the server at an address."""
    proxy = Proxy(uri)
    try:
        yield proxy
    finally:
        proxy.close()
