"""Every statement that the filters leave, searched, sorted and read page by page."""

import streamlit as st
from markupsafe import Markup

from dashboard import panels, queries, reader, state

PAGE_SIZE = 20

scene = state.scene()
words = scene.words
st.title(words("statements.heading"), anchor=False)
search_box, sort_box = st.columns([3, 1])
sorts = list(queries.STATEMENT_SORTS)
asked = state.page_parameter("sort")
state.seed("q", state.page_parameter("q"))
state.seed("sort", asked if asked in sorts else sorts[0])
search = search_box.text_input(
    words("statements.search"), key="q", placeholder=words("statements.search_hint"), max_chars=200
)
sort = sort_box.selectbox(words("statements.sort"), sorts, key="sort", format_func=lambda name: words(f"sort.{name}"))
state.keep_parameter("q", search)
state.keep_parameter("sort", "" if sort == sorts[0] else sort)
total = queries.count(scene.corpus, scene.selection, search=search)
st.markdown(words("statements.found", n=words.number(total)))
if total:
    links = [
        Markup('<a class="mw-link" href="{}" download>{}</a>').format(
            panels.download_link(scene, "statements", kind, q=search, sort=sort), words(f"download.{kind}")
        )
        for kind in ("csv", "xlsx", "jsonl", "parquet")
    ]
    panels.safe_html(Markup('<div class="mw-facts">{}</div>').format(Markup(" · ").join(links)))
    pages = -(-total // PAGE_SIZE)
    page = st.pagination(pages, key="page") if pages > 1 else 1
    asked = {"search": search, "sort": sort, "page": page, "size": PAGE_SIZE}
    rows = state.answer(queries.statements, scene.selection, scene.corpus.version, **asked)
    panels.safe_html(reader.statements_html(rows, words, query=scene.query))
elif search and queries.count(scene.corpus, scene.selection):
    st.info(words("statements.no_match", q=search), icon=":material/search_off:")
else:
    panels.empty_state(scene)
