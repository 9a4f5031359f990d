"""How a statement is found and scored, what is known of the models, and what the scores do not mean."""

import streamlit as st

from dashboard import catalog, panels, reader, state

SECTIONS = ("way", "stance", "sentiment", "doubt", "limits", "labels")

scene = state.scene()
words = scene.words
st.title(words("method.heading"), anchor=False)
for section in SECTIONS:
    st.subheader(words(f"method.{section}_title"), anchor=False)
    st.markdown(words(f"method.{section}"))
st.subheader(words("method.versions_title"), anchor=False)
corpus = scene.corpus
panels.safe_html(
    reader.table_html(
        (words("method.what"), words("method.value")),
        (
            (words("method.model"), corpus.model),
            (words("method.data"), corpus.version),
            (words("method.statements"), words.number(corpus.size)),
            (words("method.articles"), words.number(len(corpus.articles))),
            (words("method.dates"), f"{words.day(corpus.first)} – {words.day(corpus.last)}"),
        ),
        caption=words("method.versions_title"),
    )
)
st.subheader(words("method.card_title"), anchor=False)
card = corpus.card
if card:
    panels.safe_html(
        reader.table_html(
            [words(f"method.{name}") for name in ("judged", "macro_f1", "interval", "accuracy", "n")],
            reader.held_out_rows(card, words),
            caption=words("method.card_title"),
        )
    )
    st.markdown(words("method.held_out"))
    if card.get("coverage"):
        panels.chart_panel(scene, catalog.COVERAGE)
    with st.expander(words("method.whole_card")):
        headings = (words("method.what"), words("method.value"))
        panels.safe_html(reader.table_html(headings, reader.card_rows(card), caption=words("method.whole_card")))
else:
    st.info(words("method.no_card"))
