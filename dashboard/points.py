"""Shares, pairs and clouds: tables go in, Plotly figures as plain JSON values come out; customs as in `charts`."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from dashboard.charts import Figure, Row, height, interval_bars, known, labels, mean_hover, score_axis
from dashboard.i18n import Words
from dashboard.queries import records
from dashboard.theme import STANCE_SIGNS, Theme, base_layout

_LARGEST = 46


def portions(table: pd.DataFrame, words: Words, theme: Theme) -> Figure:
    """One share for each country, such as its share of all statements, with its 95 % interval."""
    rows = records(table)
    trace = {
        "type": "bar",
        "orientation": "h",
        "y": [
            f"{name}{words('list.dot')}{words.percent(row['share'])}"
            for name, row in zip(labels(rows, "actor", words), rows, strict=True)
        ],
        "x": [row["share"] for row in rows],
        "marker": {"color": theme.stance["neutral"], "opacity": [0.35 if row["too_few"] else 1 for row in rows]},
        "error_x": interval_bars(rows, theme, of="share"),
        "customdata": [f"actor:{row['actor']}" for row in rows],
        "hovertemplate": "%{y}<extra></extra>",
    }
    layout = base_layout(theme, words.language)
    layout |= {"height": height(rows), "bargap": 0.4, "showlegend": False}
    layout["xaxis"] |= {"range": [0, 1], "tickformat": ".0%"}
    layout["yaxis"] |= {"autorange": "reversed", "type": "category"}
    return {"data": [trace], "layout": layout}


def pairs(table: pd.DataFrame, words: Words, theme: Theme) -> Figure:
    """The mean stance of each country in one outlet beside that in all others, both with their intervals."""
    rows = records(table)
    own = _side_of_pair(rows, "", "circle", words("chart.this_source"), 0.16, words, theme)
    others = _side_of_pair(rows, "_others", "diamond-open", words("chart.other_sources"), -0.16, words, theme)
    names = [
        f"{words.figure_text(words.label('actor', row['actor']))}<br>"
        f"{words.figure_text(words.label('verdict', row['verdict']))}"
        for row in rows
    ]
    layout = base_layout(theme, words.language)
    layout |= {"height": 30 + height(rows)}
    layout["xaxis"] |= score_axis(words)
    layout["yaxis"] |= {
        "tickvals": list(range(len(rows))),
        "ticktext": names,
        "range": [len(rows) - 0.5, -0.5],
        "zeroline": False,
    }
    return {"data": [own, others], "layout": layout}


def _side_of_pair(
    rows: list[Row], which: str, symbol: str, name: str, shift: float, words: Words, theme: Theme
) -> dict[str, Any]:
    figures = [{each: row[f"{each}{which}"] for each in ("mean", "low", "high", "n")} for row in rows]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": words.figure_text(name),
        "x": [known(each["mean"]) for each in figures],
        "y": [place - shift for place in range(len(rows))],
        "marker": {"size": 12, "symbol": symbol, "color": theme.text, "line": {"color": theme.text, "width": 1.5}},
        "error_x": interval_bars(rows, theme, which=which),
        "customdata": [f"actor:{row['actor']}" for row in rows],
        "hovertext": [mean_hover(each | {"articles": math.nan}, words) for each in figures],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def tones(table: pd.DataFrame, words: Words, theme: Theme) -> Figure:
    """Stance against sentiment: a circle for each cell of the grid, its area the number of statements."""
    most = max(table["n"].max(), 1)
    trace = {
        "type": "scatter",
        "mode": "markers",
        "x": table["stance_score"].tolist(),
        "y": table["sentiment_score"].tolist(),
        "marker": {
            "size": table["n"].tolist(),
            "sizemode": "area",
            "sizeref": 2 * most / _LARGEST**2,
            "sizemin": 4,
            "color": [_quadrant_colour(score, theme) for score in table["stance_score"]],
            "opacity": 0.8,
            "line": {"color": theme.text, "width": 1},
        },
        "hovertext": [words.figure_text(words("chart.n", n=words.number(n))) for n in table["n"]],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }
    layout = base_layout(theme, words.language)
    layout |= {"height": 420, "showlegend": False, "annotations": _quadrants(words, theme)}
    layout["xaxis"] |= score_axis(words)
    layout["yaxis"] |= {
        "range": [-1.2, 1.2],
        "tickvals": [-1, 0, 1],
        "ticktext": [words.figure_text(words.label("sentiment", code)) for code in ("negative", "neutral", "positive")],
        "zerolinewidth": 2,
    }
    return {"data": [trace], "layout": layout}


def _quadrant_colour(score: float, theme: Theme) -> str:
    return theme.stance["favor" if score > 0.2 else "against" if score < -0.2 else "neutral"]


def _quadrants(words: Words, theme: Theme) -> list[dict[str, Any]]:
    corners = ((-0.55, 1.12, "against", "warm"), (0.55, 1.12, "favor", "warm"))
    corners += ((-0.55, -1.12, "against", "harsh"), (0.55, -1.12, "favor", "harsh"))
    return [
        {
            "x": x,
            "y": y,
            "text": words.figure_text(f"{STANCE_SIGNS[stance]} {words(f'chart.{tone}_{stance}')}"),
            "showarrow": False,
            "font": {"color": theme.faint, "size": 12},
        }
        for x, y, stance, tone in corners
    ]


def coverage(table: pd.DataFrame, words: Words, theme: Theme) -> Figure:
    """Coverage against accuracy: each point a least confidence, the reader's own one marked and named."""
    rows = records(table)
    said = [
        f"{words.percent(row['confidence'])}{words('list.dot')}{words('chart.n', n=words.number(row['n']))}"
        for row in rows
    ]
    trace = {
        "type": "scatter",
        "mode": "lines+markers+text",
        "x": [row["coverage"] for row in rows],
        "y": [row["accuracy"] for row in rows],
        "text": [words.figure_text(f"≥ {words.percent(row['confidence'])}") if row["marked"] else "" for row in rows],
        "textposition": "top center",
        "line": {"color": theme.faint, "width": 2},
        "marker": {
            "size": [16 if row["marked"] else 8 for row in rows],
            "symbol": ["star" if row["marked"] else "circle" for row in rows],
            "color": theme.stance["favor"],
            "line": {"color": theme.text, "width": 1},
        },
        "error_y": interval_bars(rows, theme, of="accuracy"),
        "hovertext": [words.figure_text(text) for text in said],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }
    layout = base_layout(theme, words.language)
    layout |= {"height": 380, "showlegend": False}
    for axis, name in (("xaxis", "coverage"), ("yaxis", "accuracy")):
        layout[axis] |= {"tickformat": ".0%", "title": {"text": words.figure_text(words(f"column.{name}"))}}
    layout["xaxis"] |= {"range": [0, 1.04]}
    layout["yaxis"] |= {"range": [min(0.5, *(row["low"] for row in rows)), 1.02]}
    return {"data": [trace], "layout": layout}
