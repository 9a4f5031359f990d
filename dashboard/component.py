"""Two small browser parts: a chart that draws, downloads and reports clicks, and the frame that speaks the language."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.components.v2.component_manager import BidiComponentManager
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest

_CHART, _PAGE = "mawaqif.chart", "mawaqif.page"
_MANIFEST = ComponentManifest(
    name="mawaqif",
    version="1",
    components=[ComponentConfig(name=name, asset_dir="frontend") for name in ("chart", "page")],
)
_HTML = {
    _CHART: '<div class="mw-chart"><div class="mw-menu"><details><summary></summary><ul></ul></details></div>'
    '<div class="mw-stage"><div class="mw-plot"></div></div>'
    '<details class="mw-data"><summary></summary><div class="mw-scroll" tabindex="0" role="region"></div></details></div>',
    _PAGE: '<button type="button" class="mw-button"></button>',
}
_SCRIPT = {_CHART: "chart.js", _PAGE: "page.js"}


def _mount(name: str) -> Callable[..., Any]:
    return _mounted(name, get_bidi_component_manager())


@lru_cache
def _mounted(name: str, manager: BidiComponentManager) -> Callable[..., Any]:
    """The mounting command of a part in a running server.

    Files served from the package keep the page's script policy strict; an inline script would need `blob:`. Streamlit
    finds such files by a manifest only in packages that are named like their distribution, so ours is handed over here.
    """
    if manager.get_component_asset_root(name) is None:
        manager.register_from_manifest(_MANIFEST, Path(__file__).parent)
    return st.components.v2.component(name, html=_HTML[name], css="parts.css", js=_SCRIPT[name], isolate_styles=False)


def chart(data: dict[str, Any], *, key: str, on_pick: Callable[[str], None]) -> None:
    """Draw a chart; a click calls `on_pick` with what was clicked, as in `customdata`."""
    _mount(_CHART)(data=data, key=key, on_pick_change=lambda: on_pick(str(st.session_state[key].pick)))


def page_frame(data: dict[str, Any]) -> None:
    """Set language and direction of the document and offer to copy its address."""
    _mount(_PAGE)(data=data, key="page-frame", width="content")
