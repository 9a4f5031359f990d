"""The building blocks of pages: a scene goes in, charts with their downloads, statements and empty states appear."""

from __future__ import annotations

import json
from datetime import date
from urllib.parse import urlencode

import streamlit as st
from markupsafe import Markup

from dashboard import catalog, charts, comparisons, component, export, queries, reader, state
from dashboard.filters import Selection, picked_in_words
from dashboard.i18n import Words
from dashboard.state import Scene
from dashboard.theme import STANCES

FONT_ADDRESS = "/app/static/noto-kufi-arabic-400.woff2"
UNDER_CHART = 5
LABELS = ("download", "png", "transparent", "svg", "failed", "data")


def safe_html(markup: Markup) -> None:
    """Show markup whose every value was escaped; the only way to HTML, and it refuses a plain string."""
    if not isinstance(markup, Markup):
        raise TypeError("safe_html() shows only Markup, in which every value was escaped; got a plain string.")
    if markup:
        st.html(str(markup))


def chart_panel(scene: Scene, name: str, *, place: str = "") -> None:
    """One chart with its caption, downloads and table; a click on it lists the statements behind the mark.

    `place` tells two panels of one chart on the same page apart.
    """
    with st.container(key=f"panel-{name}{place}"):
        _chart_panel(scene, name, place)


def _chart_panel(scene: Scene, name: str, place: str) -> None:
    words = scene.words
    st.subheader(words(f"chart.{name}.title"), anchor=False, help=words(f"chart.{name}.help"))
    if state.chart_table(name, state.without_pick(scene), scene.corpus.version).empty:
        empty_state(scene)
        return
    drawn = state.drawn(scene, name)
    safe_html(reader.note_html(drawn.caption.subtitle))
    _show(scene, name, drawn, place)
    _picked(scene, f"{name}{place}")


def _show(scene: Scene, name: str, drawn: catalog.Drawn, place: str) -> None:
    """Hand a chart to the browser; its picture and its table stay here until the reader asks for them."""
    words = scene.words
    component.chart(
        {
            "figure": drawn.figure,
            "width": _least_width(name, drawn.figure),
            "file": export.file_name(name, "", date.today()).rstrip("."),
            "title": drawn.caption.title,
            "finding": f"{drawn.caption.title}. {drawn.caption.finding}",
            "later": download_link(scene, name, "json"),
            "links": [
                {"label": words(f"download.{kind}"), "href": download_link(scene, name, kind)}
                for kind in ("html", "csv", "xlsx")
            ]
            + [{"label": words("download.embed"), "href": embed_link(scene, name)}],
            "labels": {key: words(f"download.{key}") for key in LABELS},
            "plotly": export.PLOTLY_ADDRESS,
            "font": FONT_ADDRESS,
        },
        key=f"chart-{name}{place}",
        on_pick=lambda pairs: state.pick(f"at:{name}{place},{pairs}"),
    )


def embedded(scene: Scene, name: str) -> None:
    """One chart alone, with the way back to the whole page and where its figures come from."""
    chart_panel(scene, name)
    source = state.drawn(scene, name).caption.source
    address = f"/?{urlencode(scene.query, doseq=True)}"
    link = Markup('<a class="mw-link" href="{}" target="_blank" rel="noopener">{}</a>')
    safe_html(
        Markup('<p class="mw-facts"><span>{}</span>{}</p>').format(source, link.format(address, scene.words("embed.open")))
    )


def embed_link(scene: Scene, name: str) -> str:
    """The address of a chart alone, for a frame on another page."""
    return f"/?{urlencode({**scene.query, 'chart': name, 'embed': 'true'}, doseq=True)}"


def report_link(scene: Scene) -> None:
    """The link to one page with all charts of this selection, their tables and the method."""
    address = download_link(scene, "report", "html")
    safe_html(
        Markup('<p class="mw-facts"><a class="mw-link" href="{}" download>{}</a></p>').format(
            address, scene.words("download.report")
        )
    )


def _least_width(name: str, figure: charts.Figure) -> int:
    """The width in pixels below which a chart scrolls sideways: words in cells and beside lines need their place."""
    if name == "country-by-source":
        return 150 + 84 * len(figure["data"][0]["x"])
    return 700 if figure["layout"].get("shapes") else 0


def download_link(scene: Scene, name: str, kind: str, **more: str) -> str:
    """The address from which a chart or the statements of this scene are downloaded."""
    return f"/download/{name}.{kind}?{urlencode({**scene.query, **more}, doseq=True)}"


def _picked(scene: Scene, name: str) -> None:
    """The statements behind what was clicked in this chart, with a chip that lets go of it."""
    if ("at", name) not in scene.selection.pick:
        return
    words = scene.words
    rows = queries.statements(scene.corpus, scene.selection, size=UNDER_CHART)
    total = queries.count(scene.corpus, scene.selection)
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.write(words("pick.title", n=words.number(total)))
            label = words("pick.remove", what=picked_in_words(scene.selection, words))
            st.button(label, key=f"unpick-{name}", icon=":material/close:", on_click=state.unpick)
        safe_html(reader.statements_html(rows, words, query=scene.query))
        if total > UNDER_CHART:
            address = f"/statements?{urlencode(scene.query, doseq=True)}"
            safe_html(Markup('<a href="{}" target="_self">{}</a>').format(address, words("pick.all")))


def report_label(rows: list[reader.Row], words: Words, *, chosen: str) -> None:
    """A record of a wrong label to copy: id, text, the label it has and the one it should have."""
    with st.expander(words("report.title"), icon=":material/flag:"):
        places = range(len(rows))
        first = next((place for place in places if rows[place]["statement_id"] == chosen), 0)
        place = st.selectbox(words("report.which"), places, index=first, format_func=lambda place: str(place + 1))
        row = rows[place]
        labels = (*STANCES, "none")
        has = "none" if queries.is_missing(row["stance"]) else row["stance"]
        right = st.selectbox(words("report.label"), labels, format_func=lambda code: words.label("stance", code))
        reported = {name: row[name] for name in ("statement_id", "article_id", "actor", "text", "model")}
        reported |= {"label": has, "should_be": right}
        safe_html(reader.note_html(words("report.note")))
        st.code(json.dumps(reported, ensure_ascii=False, indent=1), language="json", wrap_lines=True)


def empty_state(scene: Scene) -> None:
    """Say that nothing is left and which filter to loosen; the first one on a page loosens it at a click."""
    words = scene.words
    ways = queries.loosen(scene.corpus, state.without_pick(scene))
    if scene.corpus.size == 0:
        st.info(words("empty.corpus"), icon=":material/inbox:")
        return
    st.info(words("empty.one") if ways else words("empty.many"), icon=":material/filter_alt_off:")
    if st.session_state.get("empty_shown"):
        return
    st.session_state["empty_shown"] = True
    with st.container(horizontal=True):
        for field, back in ways:
            label = words("empty.open", filter=words(f"filter.{field}"), n=words.number(back))
            st.button(label, key=f"open-{field}", on_click=state.open_filter, args=(field,))
        st.button(words("action.reset"), key="empty-reset", on_click=state.reset)


def figures(scene: Scene) -> None:
    """The mean stance of a whole selection with its interval and n, in large letters."""
    words = scene.words
    table = queries.stances(scene.corpus, scene.selection, ())
    if table.empty:
        safe_html(reader.note_html(words("card.nothing")))
        return
    [row] = queries.records(table)
    size = words("compare.size", n=words.number(row["n"]), articles=words.number(row["articles"]))
    interval = words("card.interval", interval=words.interval(row["low"], row["high"]))
    safe_html(
        Markup(
            '<div class="mw-card"><div class="mw-big">{}</div><p class="mw-note">{}</p><p class="mw-note">{}</p></div>'
        ).format(words.score(row["mean"]), interval, size)
    )


def verdict(scene: Scene, found: comparisons.Difference, first: Selection, second: Selection) -> None:
    """The difference of two selections, plainly worded."""
    words = scene.words
    sides = [queries.stances(scene.corpus, selection, ()) for selection in (first, second)]
    n = [0 if side.empty else int(side["n"][0]) for side in sides]
    if found.verdict == "few":
        st.info(words("compare.few", n1=words.number(n[0]), n2=words.number(n[1]), least=words.number(first.least)))
        return
    said = words(
        f"compare.{found.verdict}",
        first=words.score(sides[0]["mean"][0]),
        second=words.score(sides[1]["mean"][0]),
        value=words.score(found.value),
        interval=words.interval(found.low, found.high),
    )
    (st.success if found.verdict == "clear" else st.info)(said, icon=":material/balance:")
