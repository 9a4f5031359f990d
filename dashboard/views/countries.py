"""One country: who speaks for it, how, in which tone, how that moved, and its plainest statements."""

from dataclasses import replace

import streamlit as st

from dashboard import panels, queries, reader, state
from dashboard.theme import ACTORS

ENDS = 3

scene = state.scene()
words = scene.words
st.title(words("countries.heading"), anchor=False)
asked = state.page_parameter("of")
state.seed("of", asked if asked in ACTORS else ACTORS[0])
actor = st.segmented_control(
    words("countries.choose"),
    ACTORS,
    key="of",
    required=True,
    format_func=lambda code: words.label("actor", code),
)
state.keep_parameter("of", actor)
scene = replace(scene, selection=replace(scene.selection, actors=(actor,)))
for pair in (("mean-by-role", "shares-by-role"), ("mean-by-kind", "shares-by-kind")):
    for column, name in zip(st.columns(2, gap="large"), pair, strict=True):
        with column:
            panels.chart_panel(scene, name)
panels.chart_panel(scene, "timeline")
panels.chart_panel(scene, "stance-and-tone")
for column, end in zip(st.columns(2, gap="large"), ("favor", "against"), strict=True):
    with column:
        st.subheader(words(f"countries.most_{end}"), anchor=False)
        selection = replace(state.without_pick(scene), target="on")
        rows = state.answer(queries.statements, selection, scene.corpus.version, sort=end, size=ENDS)
        panels.safe_html(reader.statements_html(rows, words, query=scene.query))
