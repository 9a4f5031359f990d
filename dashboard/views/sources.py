"""One outlet, or two side by side: whom it lets speak, how it reports, and how it differs from all others."""

from dataclasses import replace

import streamlit as st

from dashboard import panels, queries, reader, state

CHARTS = ("voices", "shares-by-kind", "claims", "against-others")
MISSED = 3

scene = state.scene()
words = scene.words
st.title(words("sources.heading"), anchor=False)
sources = list(scene.corpus.sources)
if not sources:
    st.info(words("empty.corpus"), icon=":material/inbox:")
    st.stop()


def choose(name: str, options: list[str | None]) -> str | None:
    """An outlet by a box whose value stands in the address."""
    asked = state.page_source(name)
    state.seed(name, asked if asked in options else options[0])
    chosen = st.selectbox(
        words("sources.choose" if name == "outlet" else "sources.second"),
        options,
        key=name,
        placeholder=words("sources.none"),
        format_func=lambda source: words("sources.none") if source is None else words.label("source", source),
    )
    state.keep_source(name, chosen)
    return chosen


boxes = st.columns(2, gap="large")
with boxes[0]:
    first = choose("outlet", [*sources])
with boxes[1]:
    second = choose("beside", [None, *(source for source in sources if source != first)])
columns = st.columns(2, gap="large")
for place, outlet in (("", first), ("-beside", second)):
    if outlet is None:
        continue
    own = replace(scene, selection=replace(scene.selection, sources=(outlet,)))
    for number, name in enumerate(CHARTS):
        with columns[number % 2 if second is None else bool(place)]:
            panels.chart_panel(own, name, place=place)
    with columns[1 if second is None else bool(place)]:
        st.subheader(words("sources.missed"), anchor=False)
        asked = state.without_pick(scene), scene.corpus.version
        rows = state.answer(queries.missed, *asked, source=outlet, size=MISSED)
        panels.safe_html(reader.note_html(words("sources.missed_none" if rows.empty else "sources.missed_note")))
        panels.safe_html(reader.statements_html(rows, words, query=scene.query))
