"""The frame of the dashboard: the address goes in, the chosen page appears in its language."""

from pathlib import Path

import streamlit as st

from dashboard import panels, sidebar, state
from dashboard.catalog import CHARTS

HERE = Path(__file__).parent
PAGES = {
    "overview": ":material/monitoring:",
    "countries": ":material/flag:",
    "sources": ":material/newspaper:",
    "compare": ":material/compare_arrows:",
    "statements": ":material/format_quote:",
    "article": ":material/article:",
    "try_it": ":material/edit_note:",
    "method": ":material/science:",
}

state.begin()
words = state.words()
st.set_page_config(page_title=words("app.title"), page_icon=HERE / "static" / "icon.svg", layout="wide")
st.html(HERE / "static" / "style.css")
alone = state.page_parameter("chart")
page = st.navigation(
    [
        st.Page(
            HERE / "views" / f"{name}.py",
            title=words(f"{name}.title"),
            icon=icon,
            url_path=name.replace("_", "-"),
            default=name == "overview",
        )
        for name, icon in PAGES.items()
    ],
    position="hidden" if alone in CHARTS else "sidebar",
)
if alone not in CHARTS:
    sidebar.filters(words)
scene = state.scene()
st.html(f"<style>:root{{--mw-paper:{scene.theme.paper}}}</style>")
state.write_address(scene)
st.session_state["empty_shown"] = False
if alone in CHARTS:
    panels.embedded(scene, alone)
else:
    sidebar.top_line(scene)
    page.run()
