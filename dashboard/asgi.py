"""The dashboard as a web application, for `streamlit run dashboard/asgi.py` or any ASGI server."""

from __future__ import annotations

import gc
import gzip
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from dashboard import downloads, export, intervals, queries, state
from dashboard.catalog import CHARTS, ask
from dashboard.filters import Selection
from dashboard.headers import Frame


@cache
def _packed_library() -> bytes:
    return gzip.compress(export.plotly_js().encode("utf-8"), 9)


async def library(request: Request) -> Response:
    """The drawing library, packed once and kept by the browser."""
    packed = await run_in_threadpool(_packed_library)
    headers = {"Cache-Control": "public, max-age=604800", "Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
    return Response(packed, media_type="text/javascript", headers=headers)


async def download(request: Request) -> Response:
    """The file behind `/download/<chart>.<kind>?<selection>`."""
    query = {name: request.query_params.getlist(name) for name in request.query_params}
    name, kind = request.path_params["name"], request.path_params["kind"]
    try:
        made = await run_in_threadpool(lambda: downloads.make(name, kind, query, state.corpus()))
    except KeyError:
        return PlainTextResponse(f"There is no download “{name}.{kind}”.", 404)
    headers = {"Content-Disposition": f'attachment; filename="{made.name}"', "Cache-Control": "no-store"}
    return Response(made.body, media_type=made.media_type, headers=headers)


def warm_up() -> None:
    """Read and ask everything once, then leave what stays out of every later garbage collection.

    Streamlit collects garbage after each rerun with all threads held; frozen objects are not looked at again.
    """
    read = state.corpus()
    intervals.warm_up()
    for chart in CHARTS.values():
        ask(chart, read, Selection())
    queries.shown(read, Selection())
    _packed_library()
    gc.collect()
    gc.freeze()


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[dict[str, Any]]:
    """Warm up before the first reader comes."""
    await run_in_threadpool(warm_up)
    yield {}


def say_sorry(error: Exception) -> bool:
    """Tell the reader what to do next; the error itself stays in the log."""
    st.error(state.words()("error.script"), icon=":material/error:")
    return True


app = st.App(
    Path(__file__).parent / "app.py",
    lifespan=lifespan,
    on_script_error=say_sorry,
    middleware=[Middleware(Frame)],
    routes=[Route(export.PLOTLY_ADDRESS, library), Route("/download/{name}.{kind}", download)],
)
