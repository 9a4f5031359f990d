"""The frame of every reply: an ASGI app goes in, the same with language, direction and a strict policy comes out."""

from __future__ import annotations

import os
import re
from base64 import b64encode
from collections.abc import Awaitable, Callable, MutableMapping
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qs

from dashboard.export import PLOTLY_ADDRESS
from dashboard.i18n import DEFAULT_LANGUAGE, DIRECTIONS

Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]
Receive = Callable[[], Awaitable[Message]]
App = Callable[[Message, Receive, Send], Awaitable[None]]

_SCRIPT = re.compile(rb"<script>(.*?)</script>", re.DOTALL)
_ORIGIN = re.compile(r"(?<!\S)https?://[\w.-]+(?::\d+)?(?!\S)")
_HEADERS = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
]


def embedders() -> str:
    """The sites that may frame a page, such as `https://example.org`, from MAWAQIF_EMBEDDERS; none by default."""
    return " ".join(["'self'", *_ORIGIN.findall(os.environ.get("MAWAQIF_EMBEDDERS", ""))])


def policy(page: bytes) -> str:
    """The content policy of a page: only our own scripts and the inline ones that the page itself carries."""
    hashes = " ".join(f"'sha256-{b64encode(sha256(script).digest()).decode()}'" for script in _SCRIPT.findall(page))
    return (
        f"default-src 'self'; script-src 'self' {hashes}; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' data: blob:; "
        "object-src 'none'; base-uri 'self'; form-action 'self'; "
        f"frame-ancestors {embedders()}"
    )


def speak(page: bytes, language: str) -> bytes:
    """A page in a language from its first byte on: `lang` and `dir`, and a browser language that sliders follow.

    The drawing library is asked for at once, so that it arrives while the page is still starting.
    """
    direction = DIRECTIONS[language]
    script = (
        f"<script>Object.defineProperty(navigator,'language',{{configurable:true,get:()=>'{language}'}})</script>"
    ).encode()
    early = f'<link rel="preload" href="{PLOTLY_ADDRESS}" as="script">'.encode()
    opening = f'<html lang="{language}" dir="{direction}">'.encode()
    return page.replace(b'<html lang="en">', opening, 1).replace(b"<head>", b"<head>" + script + early, 1)


class Frame:
    """ASGI middleware that adds the security headers to every reply and the language to every page."""

    def __init__(self, app: App) -> None:
        self.app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Pass a request on; hold a page back until it is whole, then send it in its language."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        language = _language(scope)
        if not scope["path"].startswith(("/static/", "/_stcore/", "/app/static/", "/assets/", "/media/")):
            scope["headers"] = [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]
        start: Message = {}
        body = b""

        async def framed(message: Message) -> None:
            nonlocal body
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", []), *_HEADERS]
                if not _is_page(message):
                    await send(message)
                    return
                start.update(message)
            elif not start:
                await send(message)
            else:
                body += message.get("body", b"")
                if not message.get("more_body"):
                    await _send_page(start, speak(body, language), send)

        await self.app(scope, receive, framed)


def _language(scope: Message) -> str:
    asked = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("lang", [DEFAULT_LANGUAGE])[-1]
    return asked if asked in DIRECTIONS else DEFAULT_LANGUAGE


def _is_page(message: Message) -> bool:
    """Whether a reply is a page of the dashboard, not a download, which must stay as it was made."""
    headers = dict(message["headers"])
    return headers.get(b"content-type", b"").startswith(b"text/html") and b"content-disposition" not in headers


async def _send_page(start: Message, page: bytes, send: Send) -> None:
    kept = [pair for pair in start["headers"] if pair[0] not in (b"content-length", b"etag", b"last-modified")]
    headers = [
        *kept,
        (b"content-length", str(len(page)).encode()),
        (b"content-security-policy", policy(page).encode()),
    ]
    await send({**start, "headers": headers})
    await send({"type": "http.response.body", "body": page})
