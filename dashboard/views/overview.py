"""Where each country stands, per country and per source, and how that moved."""

import streamlit as st

from dashboard import cards, panels, state

scene = state.scene()
words = scene.words
st.title(words("overview.heading"), anchor=False)
st.markdown(words("overview.lead"))
cards.country_cards(scene)
panels.report_link(scene)
state.seed("diverging", state.page_parameter("bars") == "diverging")
bars = "diverging" if st.toggle(words("overview.diverging"), key="diverging") else "shares"
state.keep_parameter("bars", "" if bars == "shares" else bars)
for by in ("country", "source"):
    for column, kind in zip(st.columns(2, gap="large"), ("mean", bars), strict=True):
        with column:
            panels.chart_panel(scene, f"{kind}-by-{by}")
panels.chart_panel(scene, "country-by-source")
panels.chart_panel(scene, "timeline")
