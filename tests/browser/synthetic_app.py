"""The dashboard over a synthetic corpus, for the browser tests: a port goes in, a server runs until it is killed."""

from __future__ import annotations

import sys
from pathlib import Path

import streamlit as st

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from synthetic import make_corpus, read_text  # noqa: E402

from dashboard import state  # noqa: E402

state.read_corpus = lambda: make_corpus(60)
state.analyze = read_text

from dashboard.asgi import app  # noqa: E402

if __name__ == "__main__":
    assert isinstance(app, st.App)
    app.run(config={"server.port": int(sys.argv[1]), "server.headless": True, "server.fileWatcherType": "none"})
