"""The building blocks of pages: a scene goes in, charts with their downloads, statements and empty states appear."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

import streamlit as st
from markupsafe import Markup

from dashboard import catalog, charts, comparisons, component, export, queries, reader, state
from dashboard.filters import Selection, picked_in_words
from dashboard.state import Scene
from dashboard.theme import LIGHT

FONT_ADDRESS = "/app/static/noto-kufi-arabic-400.woff2"
UNDER_CHART = 5


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
    chart = catalog.CHARTS[name]
    words = scene.words
    selection = state.without_pick(scene)
    table = state.chart_table(name, selection, scene.corpus.version)
    st.subheader(words(f"chart.{name}.title"), anchor=False, help=words(f"chart.{name}.help"))
    if table.empty:
        empty_state(scene)
        return
    shown = state.shown(selection, scene.corpus.version)
    caption = catalog.caption(chart, table, scene.corpus, selection, shown, words)
    safe_html(Markup('<p class="mw-note">{}</p>').format(caption.subtitle))
    _draw(scene, chart, table, caption, place)
    headings, rows = catalog.rows_in_words(table, words)
    data = reader.table_html(headings, rows, caption=caption.title)
    safe_html(Markup('<details class="mw-data"><summary>{}</summary>{}</details>').format(words("chart.data"), data))
    _picked(scene, f"{name}{place}")


def _draw(scene: Scene, chart: catalog.Chart, table: object, caption: catalog.Caption, place: str) -> None:
    words = scene.words
    unit = queries.span(scene.corpus, scene.selection)
    figure = chart.draw(table, words, scene.theme, unit)
    light = figure if scene.theme is LIGHT else chart.draw(table, words, LIGHT, unit)
    component.chart(
        {
            "figure": figure,
            "picture": export.picture(light, caption, words),
            "width": _least_width(chart, figure),
            "file": export.file_name(chart.name, "", date.today()).rstrip("."),
            "title": caption.title,
            "finding": f"{caption.title}. {caption.finding}",
            "links": [
                {"label": words(f"download.{kind}"), "href": download_link(scene, chart.name, kind)}
                for kind in ("html", "csv", "xlsx")
            ],
            "labels": {name: words(f"download.{name}") for name in ("download", "png", "transparent", "svg", "failed")},
            "plotly": export.PLOTLY_ADDRESS,
            "font": FONT_ADDRESS,
        },
        key=f"chart-{chart.name}{place}",
        on_pick=lambda pairs: state.pick(f"at:{chart.name}{place},{pairs}"),
    )


def report_link(scene: Scene) -> None:
    """The link to one page with all charts of this selection, their tables and the method."""
    address = download_link(scene, "report", "html")
    safe_html(
        Markup('<p class="mw-facts"><a class="mw-link" href="{}" download>{}</a></p>').format(
            address, scene.words("download.report")
        )
    )


def _least_width(chart: catalog.Chart, figure: charts.Figure) -> int:
    """The width in pixels below which a chart scrolls sideways: a heatmap's cells must hold their words."""
    return 150 + 84 * len(figure["data"][0]["x"]) if chart.name == "country-by-source" else 0


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
    [row] = table.to_dict("records")
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
