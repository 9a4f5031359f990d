"""Shares, pairs and clouds: tables go in, Plotly figures as plain JSON values come out; customs as in `charts`."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard.charts import Figure, gaps, height, labels, mean_hover, score_axis
from dashboard.i18n import Words
from dashboard.theme import STANCE_SIGNS, Theme, base_layout

_LARGEST = 46


def voices(table: pd.DataFrame, words: Words, theme: Theme) -> Figure:
    """Whom the sources let speak: the share of each country among all statements, with its 95 % interval."""
    trace = {
        "type": "bar",
        "orientation": "h",
        "y": [
            f"{name}{words('list.dot')}{words.percent(share)}"
            for name, share in zip(labels(table, "actor", words), table["share"], strict=True)
        ],
        "x": table["share"].tolist(),
        "marker": {"color": theme.stance["neutral"], "opacity": [0.35 if few else 1 for few in table["too_few"]]},
        "error_x": _error(table["share"], table["low"], table["high"], theme),
        "customdata": [f"actor:{actor}" for actor in table["actor"]],
        "hovertemplate": "%{y}<extra></extra>",
    }
    layout = base_layout(theme, words.language)
    layout |= {"height": height(table), "bargap": 0.4, "showlegend": False}
    layout["xaxis"] |= {"range": [0, 1], "tickformat": ".0%"}
    layout["yaxis"] |= {"autorange": "reversed", "type": "category"}
    return {"data": [trace], "layout": layout}


def pairs(table: pd.DataFrame, words: Words, theme: Theme) -> Figure:
    """The mean stance of each country in one outlet beside that in all others, both with their intervals."""
    own = _side_of_pair(table, "", "circle", words("chart.this_source"), 0.16, words, theme)
    others = _side_of_pair(table, "_others", "diamond-open", words("chart.other_sources"), -0.16, words, theme)
    layout = base_layout(theme, words.language)
    layout |= {"height": 30 + height(table)}
    layout["xaxis"] |= score_axis(words)
    places = list(range(len(table)))
    names = [
        f"{words.figure_text(words.label('actor', row['actor']))}<br>"
        f"{words.figure_text(words.label('verdict', row['verdict']))}"
        for row in table.to_dict("records")
    ]
    layout["yaxis"] |= {"tickvals": places, "ticktext": names, "range": [len(table) - 0.5, -0.5], "zeroline": False}
    return {"data": [own, others], "layout": layout}


def _side_of_pair(
    table: pd.DataFrame, which: str, symbol: str, name: str, shift: float, words: Words, theme: Theme
) -> dict[str, Any]:
    mean, low, high = (table[f"{figure}{which}"] for figure in ("mean", "low", "high"))
    rows = [
        {"mean": m, "low": lo, "high": hi, "n": n, "articles": float("nan")}
        for m, lo, hi, n in zip(mean, low, high, table[f"n{which}"], strict=True)
    ]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": words.figure_text(name),
        "x": gaps(mean),
        "y": [place - shift for place in range(len(table))],
        "marker": {"size": 12, "symbol": symbol, "color": theme.text, "line": {"color": theme.text, "width": 1.5}},
        "error_x": _error(mean, low, high, theme),
        "customdata": [f"actor:{actor}" for actor in table["actor"]],
        "hovertext": [mean_hover(row, words) for row in rows],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _error(middle: pd.Series, low: pd.Series, high: pd.Series, theme: Theme) -> dict[str, Any]:
    return {
        "type": "data",
        "symmetric": False,
        "array": gaps(high - middle),
        "arrayminus": gaps(middle - low),
        "color": theme.faint,
        "thickness": 2,
        "width": 0,
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
