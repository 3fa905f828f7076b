"""Who may ask, and what a page may do: hosts, origins, tokens, response headers, bounded bodies.

A page on another site that the reader has open must neither read the interviews (by a name that it lets
point to this machine) nor write (by a form that it posts); text of an interview must never run as a script.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Callable
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, QueryParams
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kb.errors import KbError, UsageError
from kb.serve.served import Served

COOKIE = "kb_access"
WRITE_HEADER = "X-KB-Token"
# The longest body of a decision; bytes.
MOST = 1_000_000

_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",  # interviews do not stay in a browser's cache
}
# The pages' own files hold nothing of an interview, and their address changes with their contents.
_KEPT = {"Cache-Control": "private, max-age=31536000, immutable"}


class Conflict(UsageError):
    """What was decided on is no longer as the page showed it; the page asks anew (status 409)."""


class Guard:
    """Lets a request through to the application, or answers it.

    Args:
        app: The application behind.
        served: Whose secrets and names count.
    """

    def __init__(self, app: ASGIApp, served: Served) -> None:
        self._app, self._served = app, served

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def headed(message: Message) -> None:
            if message["type"] == "http.response.start":
                of_kb = scope["path"].startswith("/static/") and message["status"] in {200, 304}
                wanted = _HEADERS | _KEPT if of_kb else _HEADERS
                mine = [(name.lower().encode(), value.encode()) for name, value in wanted.items()]
                names = {name for name, _ in mine}
                message["headers"] = [each for each in message["headers"] if each[0] not in names] + mine
            await send(message)

        answer = self._refusal(scope)
        if isinstance(answer, _Refusal) and "text/html" in Headers(scope=scope).get("accept", ""):
            answer = PlainTextResponse(answer.sentence + "\n", answer.status_code)  # a person reads it
        await (answer or self._app)(scope, receive, headed)

    def _refusal(self, scope: Scope) -> Response | None:
        """What is answered instead of the page; None where the request may pass."""
        headers = Headers(scope=scope)
        name = urlsplit("//" + headers.get("host", "")).hostname
        if self._served.hosts is not None and name not in self._served.hosts:
            return _Refusal(
                403, "This page is answered on the address that `kb serve` printed, and on no other name."
            )
        if self._served.access is not None and (answer := self._at_the_door(scope, headers)) is not None:
            return answer
        if scope["method"] in {"GET", "HEAD"}:
            return None
        origin = headers.get("origin")
        if origin is not None and urlsplit(origin).netloc != headers.get("host"):
            return _Refusal(403, "Another site may not change anything here.")
        if not _same(headers.get(WRITE_HEADER), self._served.write):
            return _Refusal(403, "This page is of an earlier `kb serve`; load it again, then decide.")
        return None

    def _at_the_door(self, scope: Scope, headers: Headers) -> Response | None:
        given = QueryParams(scope["query_string"]).get("token")
        if _same(given, self._served.access):
            # The token leaves the address at once, so that an address can be shared without it.
            rest = QueryParams(
                [(k, v) for k, v in QueryParams(scope["query_string"]).multi_items() if k != "token"]
            )
            path = "/" + scope["path"].lstrip("/")  # never another host's
            answer = RedirectResponse(f"{path}?{rest}" if rest else path, 303)
            answer.set_cookie(COOKIE, given or "", httponly=True, samesite="strict")
            return answer
        try:
            cookies = SimpleCookie(headers.get("cookie", ""))
        except CookieError:
            cookies = SimpleCookie()
        shown = cookies[COOKIE].value if COOKIE in cookies else None
        if _same(shown, self._served.access):
            return None
        return _Refusal(401, "This page asks for a token: open the whole address that `kb serve` printed.")


def posted(endpoint: Callable[[Request, dict[str, Any]], Response]) -> Callable[..., Any]:
    """An endpoint that is given the object in a request's body; it runs in a thread, like the others."""

    async def asked(request: Request) -> Response:
        whole = bytearray()
        async for part in request.stream():
            whole += part
            if len(whole) > MOST:
                return _Refusal(413, f"A decision has at most {MOST // 1_000_000} MB.")
        try:
            body = json.loads(bytes(whole) or b"{}")
        except (ValueError, RecursionError):
            body = None
        if not isinstance(body, dict):
            return _Refusal(400, "The body is a JSON object.")
        return await run_in_threadpool(endpoint, request, body)

    return asked


def told(_request: Request, error: Exception) -> Response:
    """What kb says no to, as an answer with the sentence in ``error``."""
    assert isinstance(error, KbError)
    return _Refusal(409 if isinstance(error, Conflict) else 400, str(error))


class _Refusal(JSONResponse):
    def __init__(self, status: int, sentence: str) -> None:
        self.sentence = sentence
        super().__init__({"error": sentence}, status)


def not_found(_request: Request, _error: Exception) -> Response:
    """An address that leads nowhere."""
    return PlainTextResponse("There is no such page here; / is the beginning.\n", 404)


def _same(given: str | None, secret: str | None) -> bool:
    """Compared in a time that does not tell how much of it is right."""
    return secret is not None and hmac.compare_digest((given or "").encode(), secret.encode())
