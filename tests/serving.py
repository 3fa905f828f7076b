"""A page that is served in this process, and a Chromium to look at it with."""

from __future__ import annotations

import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import uvicorn
from playwright import sync_api

from kb.serve.app import build
from kb.serve.served import Served
from tests.shared import patience


@contextmanager
def running(served: Served) -> Iterator[str]:
    """The page on a free port of loopback; gives its address, without a slash at its end."""
    listening = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(build(served), log_level="error", lifespan="off", ws="none")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


def _is_wrong(said: sync_api.ConsoleMessage) -> bool:
    """Whether an error is one: the server may end before the browser does, and may say no."""
    refused = "status of 400" in said.text or "status of 409" in said.text
    return said.type == "error" and "net::ERR_" not in said.text and not refused


@contextmanager
def looking(width: int = 1280, height: int = 800) -> Iterator[sync_api.Page]:
    """A page of a Chromium; what goes wrong in it fails the test at the end."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("no chromium on this machine to look at pages with")
    wrong: list[str] = []
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": width, "height": height})
        page.set_default_timeout(patience(20) * 1000)
        sync_api.expect.set_options(timeout=patience(20) * 1000)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda said: wrong.append(said.text) if _is_wrong(said) else None)
        yield page
        browser.close()
    assert wrong == []
