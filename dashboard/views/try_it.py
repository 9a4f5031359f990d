"""A pasted Arabic text goes in, its statements with scores and reasons appear; nothing is stored."""

import streamlit as st

from classifiers.errors import MawaqifError
from dashboard import panels, reader, state

LONGEST = 50_000

scene = state.scene()
words = scene.words
st.title(words("try_it.heading"), anchor=False)
st.markdown(words("try_it.lead"))


def put_example() -> None:
    """Fill the box with the example."""
    st.session_state["pasted"] = words("try_it.example_text")


st.text_area(words("try_it.text"), key="pasted", height=220, max_chars=LONGEST, placeholder=words("try_it.hint"))
with st.container(horizontal=True):
    run = st.button(words("try_it.run"), icon=":material/play_arrow:")
    st.button(words("try_it.example"), on_click=put_example)
text = st.session_state.get("pasted", "")
if run or text.strip():
    if not text.strip():
        st.info(words("try_it.empty"))
        st.stop()
    try:
        with st.spinner(words("try_it.working"), show_time=True):
            article, records = state.analyze(text)
    except MawaqifError as error:
        st.error(words("try_it.failed", error=str(error)), icon=":material/error:")
        st.stop()
    rows = [record.to_dict() for record in records]
    st.subheader(words("try_it.found", n=words.number(len(rows))), anchor=False)
    panels.safe_html(reader.legend_html(words))
    panels.safe_html(reader.article_html(article, [row for row in rows if not row["in_title"]], words))
    panels.safe_html(reader.notes_html(rows, words) if rows else reader.note_html(words("try_it.nothing")))
