"""Who may ask the page, and what an answer allows a browser to do; without a graph."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, cast

import pytest
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from kb.api.graph import Graph
from kb.errors import UsageError
from kb.serve.app import build
from kb.serve.guard import MOST, WRITE_HEADER, Conflict, posted
from kb.serve.run import address, is_loopback, listen
from kb.serve.served import Served

HERE = "http://127.0.0.1:7700"


def served(**changes: Any) -> Served:
    return Served(cast(Graph, None), Path("relations.yaml"), **changes)


def client(of: Served) -> TestClient:
    app = build(of)

    @posted
    def echo(_request: Request, body: dict[str, Any]) -> Response:
        if "conflict" in body:
            raise Conflict("Decided in another tab.")
        if "wrong" in body:
            raise UsageError("There is no such code.")
        return JSONResponse(body)

    app.router.routes.insert(0, Route("/api/echo", echo, methods=["POST"]))
    return TestClient(app, base_url=HERE)


@pytest.mark.parametrize("page", ["/", "/review"])
def test_pages_run_scripts_of_this_server_alone(page: str) -> None:
    of = served()
    answer = client(of).get(page)
    assert answer.status_code == 200
    policy = dict(rule.strip().split(" ", 1) for rule in answer.headers["content-security-policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"
    assert of.write in answer.text


def test_a_browser_keeps_the_files_of_the_pages_under_an_address_of_their_contents() -> None:
    asking = client(served())
    files = re.findall(r'(?:href|src)="(/static/[^"]+)"', asking.get("/review").text)
    assert files
    for file in files:
        assert "immutable" in asking.get(file).headers["cache-control"]
    other = re.sub(r"/static/\w+/", "/static/000000000000/", files[0])
    assert asking.get(other).status_code == 404
    assert asking.get(other).headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "name", ["evil.example", "127.0.0.1.evil.example", "evil.example:7700", "", "[::2]:7700"]
)
@pytest.mark.parametrize("path", ["/", "/static/base.js"])
def test_a_name_that_another_site_lets_point_here_is_refused(name: str, path: str) -> None:
    assert client(served()).get(path, headers={"host": name}).status_code == 403


@pytest.mark.parametrize("name", ["localhost:7700", "127.0.0.1", "[::1]:7700"])
def test_the_names_of_this_machine_are_answered(name: str) -> None:
    assert client(served()).get("/", headers={"host": name}).status_code == 200


def test_a_page_of_this_server_may_write() -> None:
    of = served()
    headers = {WRITE_HEADER: of.write, "origin": HERE}
    assert client(of).post("/api/echo", json={"a": 1}, headers=headers).json() == {"a": 1}


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {WRITE_HEADER: ""},
        {WRITE_HEADER: "guess"},
        {WRITE_HEADER: "…"},
        {"origin": HERE},
        {"origin": "http://evil.example", WRITE_HEADER: "right"},
        {"origin": "null", WRITE_HEADER: "right"},
        {"origin": "http://127.0.0.1:7701", WRITE_HEADER: "right"},
    ],
)
def test_another_page_may_not_write(headers: dict[str, str]) -> None:
    of = served()
    sent = {name: (of.write if value == "right" else value).encode() for name, value in headers.items()}
    answer = client(of).post("/api/echo", json={"a": 1}, headers=cast(Any, sent))
    assert answer.status_code == 403
    assert answer.json()["error"]


def test_what_kb_says_no_to_is_a_sentence() -> None:
    of = served()
    asking = client(of)
    headers = {WRITE_HEADER: of.write}
    wrong = asking.post("/api/echo", json={"wrong": 1}, headers=headers)
    assert (wrong.status_code, wrong.json()) == (400, {"error": "There is no such code."})
    conflict = asking.post("/api/echo", json={"conflict": 1}, headers=headers)
    assert (conflict.status_code, conflict.json()) == (409, {"error": "Decided in another tab."})


@pytest.mark.parametrize("body", [b"[1]", b"{", b"\xff\xfe", b"[" * 100_000, b"1"])
def test_a_body_that_is_no_object_is_refused(body: bytes) -> None:
    of = served()
    answer = client(of).post("/api/echo", content=body, headers={WRITE_HEADER: of.write})
    assert answer.status_code == 400


def test_a_body_without_end_is_cut_off() -> None:
    of = served()
    body = b'{"a": "' + b"x" * MOST + b'"}'
    assert client(of).post("/api/echo", content=body, headers={WRITE_HEADER: of.write}).status_code == 413


@pytest.mark.parametrize("path", ["/", "/static/base.js", "/review"])
def test_with_a_token_nobody_is_let_in_without_it(path: str) -> None:
    asking = client(served(access="secret"))
    assert asking.get(path).status_code == 401
    assert asking.get(path, params={"token": "Secret"}).status_code == 401
    assert asking.get(path, headers={"cookie": "kb_access=other"}).status_code == 401
    assert "kb serve" in asking.get(path, headers={"accept": "text/html"}).text


def test_the_token_leaves_the_address_and_is_kept_by_the_browser() -> None:
    asking = client(served(access="secret", hosts=None))
    first = asking.get("/review?a=1&token=secret&a=2", follow_redirects=False)
    assert first.headers["location"] == "/review?a=1&a=2"
    assert "httponly" in first.headers["set-cookie"].lower()
    assert "samesite=strict" in first.headers["set-cookie"].lower()
    assert asking.get("/review").status_code == 200


def test_the_redirect_never_leads_to_another_host() -> None:
    asking = client(served(access="secret", hosts=None))
    answer = asking.get(HERE + "//evil.example/?token=secret", follow_redirects=False)
    assert answer.headers["location"].startswith("/evil.example")


@pytest.mark.parametrize(
    "path", ["/nothing", "/static/../guard.py", "/static/%2e%2e/guard.py", "/static/none.js"]
)
def test_an_address_that_leads_nowhere_is_told(path: str) -> None:
    answer = client(served()).get(path)
    assert answer.status_code == 404
    assert "no such page" in answer.text


@pytest.mark.parametrize(
    ("host", "here"),
    [
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("192.168.1.5", False),
        ("example.org", False),
    ],
)
def test_which_addresses_are_this_machine_alone(host: str, here: bool) -> None:
    assert is_loopback(host) is here


def test_a_port_in_use_is_told_with_the_remedy() -> None:
    with listen("127.0.0.1", 0) as first:
        port = first.getsockname()[1]
        assert address("127.0.0.1", first, None) == f"http://127.0.0.1:{port}/"
        with pytest.raises(UsageError, match="--port"):
            listen("127.0.0.1", port)


def test_what_is_to_be_done_at_the_end_is_done_once() -> None:
    of = served()
    done: list[int] = []
    of.at_close.append(lambda: done.append(1))
    of.close()
    of.close()
    assert done == [1]
