"""Where each country stands, per country and per source, and how that moved."""

import streamlit as st

from dashboard import cards, panels, state

scene = state.scene()
st.title(scene.words("overview.heading"), anchor=False)
st.markdown(scene.words("overview.lead"))
cards.country_cards(scene)
panels.report_link(scene)
for pair in (("mean-by-country", "shares-by-country"), ("mean-by-source", "shares-by-source")):
    for column, name in zip(st.columns(2, gap="large"), pair, strict=True):
        with column:
            panels.chart_panel(scene, name)
panels.chart_panel(scene, "country-by-source")
panels.chart_panel(scene, "timeline")
