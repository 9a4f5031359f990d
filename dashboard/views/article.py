"""One article, right to left, with its statements marked where they stand."""

import streamlit as st

from dashboard import panels, queries, reader, state

scene = state.scene()
words = scene.words
st.title(words("article.heading"), anchor=False)
articles = scene.corpus.articles
if not articles:
    st.info(words("empty.corpus"), icon=":material/inbox:")
    st.stop()
ids = list(articles)
asked = state.page_parameter("article")
if asked and asked not in articles:
    st.warning(words("article.unknown", article=asked), icon=":material/link_off:")
state.seed("article", asked if asked in ids else ids[0])
chosen = st.selectbox(words("article.choose"), ids, key="article", format_func=lambda i: reader.headline(articles[i]))
state.keep_parameter("article", chosen)
article = articles[chosen]
rows = queries.records(queries.article_records(scene.corpus, chosen))
panels.safe_html(reader.facts_html(article, words))
panels.safe_html(reader.legend_html(words))
text, notes = st.columns([3, 2], gap="large")
with text:
    panels.safe_html(reader.article_html(article, rows, words, chosen=state.page_parameter("statement")))
with notes:
    st.subheader(words("article.notes", n=words.number(len(rows))), anchor=False)
    if rows:
        panels.safe_html(reader.notes_html(rows, words))
        panels.report_label(rows, words, chosen=state.page_parameter("statement"))
    else:
        st.info(words("article.nothing"))
