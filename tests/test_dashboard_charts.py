"""Figures: Plotly accepts them, they say what the table says, and nothing in a name is obeyed."""

from __future__ import annotations

import json
import math
from datetime import date

import plotly.graph_objects as go
import pytest
from synthetic import make_corpus, one_row_corpus

from dashboard import charts, queries, timeline
from dashboard.catalog import CHARTS, COVERAGE, ask, caption, rows_in_words
from dashboard.events import Event, read_events
from dashboard.filters import Selection
from dashboard.i18n import Words, strip_bidi
from dashboard.theme import DARK, LIGHT, STANCE_SIGNS, THEMES, Theme, contrast, ink, mix

MANY, ONE = make_corpus(60), one_row_corpus()


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
@pytest.mark.parametrize("corpus", [MANY, ONE], ids=["many", "one"])
@pytest.mark.parametrize("name", CHARTS)
def test_plotly_accepts_every_figure(name: str, corpus: charts.Figure, theme: Theme, language: str) -> None:
    """Every chart is a valid figure of plain JSON values, in both languages and themes."""
    table = ask(CHARTS[name], corpus, Selection())
    figure = CHARTS[name].draw(table, Words(language), theme, queries.span(corpus, Selection()))
    go.Figure(json.loads(json.dumps(figure, allow_nan=False)))


def test_bars_hold_the_shares_of_the_table() -> None:
    """Each bar is as long as its share, ordered from the most favorable country."""
    table = ask(CHARTS["shares-by-country"], MANY, Selection())
    figure = charts.shares(table, Words("en"), LIGHT, by="actor")
    for trace, stance in zip(figure["data"], ("against", "neutral", "favor"), strict=True):
        assert trace["x"] == table[f"share_{stance}"].tolist()
    assert table["mean"].is_monotonic_decreasing


def test_every_mark_says_what_it_selects() -> None:
    """A click on a bar asks for exactly the statements that it counts."""
    table = ask(CHARTS["shares-by-country"], MANY, Selection())
    figure = charts.shares(table, Words("en"), LIGHT, by="actor")
    for trace, stance in zip(figure["data"], ("against", "neutral", "favor"), strict=True):
        for pick, n in zip(trace["customdata"], table[stance], strict=True):
            selection, refused = Selection.from_query({"pick": pick.split(",")}, sources=MANY.sources)
            assert refused == []
            assert queries.count(MANY, selection) == n


def test_every_point_in_time_says_what_it_selects() -> None:
    """A click on a week asks for exactly its statements."""
    table = ask(CHARTS["timeline"], MANY, Selection())
    figure = timeline.timeline(table, Words("en"), LIGHT, unit=queries.span(MANY, Selection()))
    picks = [pick for trace in figure["data"] for pick in trace.get("customdata", [])]
    counts = [queries.count(MANY, Selection.from_query({"pick": p.split(",")}, sources=())[0]) for p in picks]
    assert sum(counts) == table["n"].sum()


def test_colour_never_stands_alone() -> None:
    """Each stance has its own sign and its own pattern beside its colour."""
    table = ask(CHARTS["shares-by-country"], MANY, Selection())
    data = charts.shares(table, Words("en"), LIGHT, by="actor")["data"]
    assert len({trace["marker"]["pattern"]["shape"] for trace in data}) == 3
    assert all(STANCE_SIGNS[s] in t["name"] for s, t in zip(("against", "neutral", "favor"), data, strict=True))


def test_too_few_is_grey_and_stays_in_the_table() -> None:
    """Below the least n a cell loses its colour and keeps its row."""
    selection = Selection(least=50)
    table = ask(CHARTS["country-by-source"], MANY, selection)
    few, sure = charts.heatmap(table, Words("en"), LIGHT)["data"]
    assert all(value is None for line in sure["z"] for value in line)
    assert any(value == 0 for line in few["z"] for value in line)
    _, rows = rows_in_words(table, Words("en"))
    assert len(rows) == len(table) and all(row[-1] == "too few" for row in rows)


def test_arabic_figures_are_isolated() -> None:
    """Every Arabic label is wrapped right-to-left, so that Latin names and brackets keep their place."""
    table = ask(CHARTS["mean-by-source"], MANY, Selection())
    labels = charts.means(table, Words("ar"), LIGHT, by="source")["data"][0]["y"]
    assert all(label.startswith("\u2067") and label.endswith("\u2069") for label in labels)


def test_an_outlet_cannot_write_markup_into_a_chart() -> None:
    """A hostile name is escaped before Plotly reads it."""
    table = ask(CHARTS["mean-by-source"], MANY, Selection())
    table.loc[0, "source"] = '<a href="javascript:alert(1)">x</a>'
    figure = charts.means(table, Words("en"), LIGHT, by="source")
    assert "<a" not in json.dumps(figure["data"][0]["y"])


@pytest.mark.parametrize("name", [name for name in CHARTS if name != COVERAGE])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_caption_says_n_filters_and_versions(name: str, language: str) -> None:
    """What a picture shows can be told without the page around it."""
    selection = Selection(kinds=("direct",), confidence=0.6)
    chart, words = CHARTS[name], Words(language)
    table = ask(chart, MANY, selection)
    made = caption(chart, table, MANY, selection, queries.shown(MANY, selection), words)
    said = strip_bidi(made.subtitle)
    assert str(int(table["n"].sum())) in said and "60 %" in said
    assert words.label("kind", "direct") in said
    assert MANY.version in made.source and MANY.model in made.source
    assert made.finding


def test_the_timeline_breaks_where_nothing_was_published() -> None:
    """A silent week is a gap, never a line drawn through it."""
    table = ask(CHARTS["timeline"], MANY, Selection())
    figure = timeline.timeline(table, Words("en"), LIGHT, unit="week")
    lines = [trace for trace in figure["data"] if "error_y" in trace]
    assert any(None in line["y"] for line in lines)
    assert all(line["connectgaps"] is False for line in lines)


def test_events_are_marked_and_named() -> None:
    """Every event of the time shown has a line and its name; those outside have neither."""
    table = ask(CHARTS["timeline"], MANY, Selection())
    days = {"before": date(2019, 4, 25), "in": date(2024, 3, 28), "next": date(2024, 3, 29)}
    events = [Event(day, {"en": name}) for name, day in days.items()]
    layout = timeline.timeline(table, Words("en"), LIGHT, unit="week", events=events)["layout"]
    assert [shape["x0"] for shape in layout["shapes"]] == ["2024-03-28", "2024-03-29"]
    names = [note for note in layout["annotations"] if note["text"] in days]
    assert [note["text"] for note in names] == ["in", "next"]
    assert names[0]["x"] < names[1]["x"] != "2024-03-29"
    bare = timeline.timeline(table, Words("en"), LIGHT, unit="week")["layout"]
    assert bare["height"] < layout["height"] and "shapes" not in bare


def test_the_shipped_events_are_in_order_and_in_both_languages() -> None:
    """Each row of seeds/events.csv has a day and two names."""
    events = read_events()
    assert len(events) > 10 and all(set(event.names) == {"en", "ar"} for event in events)
    assert all(name for event in events for name in event.names.values())


def test_diverging_bars_hold_the_same_shares() -> None:
    """Against goes left, favor right, neutral has its own axis; the lengths are those of the table."""
    table = ask(CHARTS["diverging-by-country"], MANY, Selection())
    against, neutral, favor = charts.diverging(table, Words("en"), LIGHT, by="actor")["data"]
    assert [-share for share in against["x"]] == table["share_against"].tolist()
    assert favor["x"] == table["share_favor"].tolist()
    assert (neutral["x"], neutral["xaxis"]) == (table["share_neutral"].tolist(), "x2")


def test_the_coverage_curve_says_what_the_confidence_keeps() -> None:
    """The finding names the point that is marked."""
    selection = Selection(confidence=0.6)
    made = caption(
        CHARTS[COVERAGE],
        ask(CHARTS[COVERAGE], MANY, selection),
        MANY,
        selection,
        queries.shown(MANY, selection),
        Words("en"),
    )
    assert "keep 78 %" in made.finding and "right in 88 %" in made.finding and "700" in made.subtitle


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_colours_can_be_read(theme: Theme) -> None:
    """Text reaches 4.5 : 1 and marks 3 : 1 against what is behind them (WCAG 2.1)."""
    assert min(contrast(colour, theme.paper) for colour in (theme.text, theme.faint)) >= 4.5
    assert min(contrast(colour, theme.paper) for colour in theme.stance.values()) >= 3
    assert min(contrast(theme.stance_text[s], theme.stance[s]) for s in theme.stance) >= 4.5
    assert min(contrast(ink(mix(score / 10, theme)), mix(score / 10, theme)) for score in range(-10, 11)) >= 4.5


# Machado, Oliveira & Fernandes 2009, severity 1.0, on linear RGB.
BLINDNESS = {
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


def seen(colour: str, kind: str) -> list[float]:
    """A hex colour as it is seen with one kind of colour blindness, as RGB."""
    linear = [(int(colour[i : i + 2], 16) / 255) ** 2.2 for i in (1, 3, 5)]
    mixed = [sum(w * c for w, c in zip(row, linear, strict=True)) for row in BLINDNESS[kind]]
    return [255 * max(0.0, min(1.0, c)) ** (1 / 2.2) for c in mixed]


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("kind", BLINDNESS)
def test_for_and_against_stay_apart_for_every_sight(kind: str, theme: Theme) -> None:
    """The two sides differ by 25 or more (RGB distance) under each kind of colour blindness."""
    against, favor = (seen(theme.stance[side], kind) for side in ("against", "favor"))
    assert math.dist(against, favor) >= 25
