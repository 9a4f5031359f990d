"""Tables become Plotly figures, as plain JSON values ({"data", "layout"}); no Streamlit here.

Every mark carries what a click on it selects in `customdata`, such as "actor:RU,stance:favor".
"""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from dashboard.i18n import Words
from dashboard.queries import records
from dashboard.theme import STANCE_PATTERNS, STANCE_SIGNS, STANCES, Theme, base_layout, ink, mix

Figure = dict[str, Any]
Row = dict[str, Any]

_ROW_HEIGHT = 46
_SHOWN_SHARE = 0.08


def ranked(table: pd.DataFrame, by: str) -> pd.DataFrame:
    """The rows of a table from the most favorable mean to the least, as every chart and table lists them."""
    return table.sort_values(["mean", by], ascending=[False, True], kind="stable").reset_index(drop=True)


def shares(table: pd.DataFrame, words: Words, theme: Theme, *, by: str) -> Figure:
    """Stance shares of each group as 100 % bars: against, neutral, favor."""
    rows = records(table)
    layout = base_layout(theme, words.language)
    layout |= {"barmode": "stack", "bargap": 0.32, "height": height(rows)}
    layout["xaxis"] |= {"range": [0, 1], "tickformat": ".0%", "showgrid": False}
    layout["yaxis"] |= {"autorange": "reversed", "type": "category"}
    return {"data": [_share_bars(rows, by, stance, words, theme) for stance in STANCES], "layout": layout}


def diverging(table: pd.DataFrame, words: Words, theme: Theme, *, by: str) -> Figure:
    """Stance shares of each group from a middle line: against to the left, favor to the right, neutral apart."""
    figure = shares(table, words, theme, by=by)
    against, neutral, favor = figure["data"]
    for trace, room in ((against, 0.2), (neutral, 0.5), (favor, 0.2)):
        trace["text"] = [
            text if share >= room else "" for text, share in zip(trace["text"], trace["x"], strict=True)
        ]
    against["x"] = [-share for share in against["x"]]
    neutral["xaxis"] = "x2"
    ticks = [-1, -0.5, 0, 0.5, 1]
    axis, layout = figure["layout"]["xaxis"], figure["layout"]
    layout |= {"barmode": "relative", "xaxis2": axis | {"domain": [0.76, 1], "range": [0, 1], "tickvals": [0.5, 1]}}
    layout["xaxis"] = axis | {
        "domain": [0, 0.72],
        "range": [-1, 1],
        "tickvals": ticks,
        "ticktext": [words.percent(abs(tick)) for tick in ticks],
        "zeroline": True,
        "zerolinewidth": 2,
    }
    return figure


def _share_bars(rows: list[Row], by: str, stance: str, words: Words, theme: Theme) -> dict[str, Any]:
    name = words.figure_text(f"{STANCE_SIGNS[stance]} {words.label('stance', stance)}")
    share = [row[f"share_{stance}"] for row in rows]
    names = labels(rows, by, words)
    return {
        "type": "bar",
        "orientation": "h",
        "name": name,
        "y": names,
        "x": share,
        "text": [words.percent(value) if value >= _SHOWN_SHARE else "" for value in share],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "textfont": {"color": [theme.text if row["too_few"] else theme.stance_text[stance] for row in rows]},
        "constraintext": "none",
        "marker": {
            "color": theme.stance[stance],
            "opacity": [0.35 if row["too_few"] else 1.0 for row in rows],
            "line": {"color": theme.paper, "width": 1.5},
            "pattern": {
                "shape": STANCE_PATTERNS[stance],
                "fillmode": "overlay",
                "solidity": 0.15,
                "size": 9,
                "fgcolor": theme.stance_text[stance],
                "fgopacity": 0.35,
            },
        },
        "customdata": [f"{by}:{row[by]},stance:{stance}" for row in rows],
        "hovertext": [
            f"{label}<br>{name}: {words.percent(row[f'share_{stance}'])} "
            f"[{words.percent(row[f'low_{stance}'])} … {words.percent(row[f'high_{stance}'])}]"
            for label, row in zip(names, rows, strict=True)
        ],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def means(table: pd.DataFrame, words: Words, theme: Theme, *, by: str) -> Figure:
    """Mean stance of each group as a dot with its 95 % interval on the scale from −1 to +1."""
    rows = records(table)
    sides = [side(row) for row in rows]
    trace = {
        "type": "scatter",
        "mode": "markers+text",
        "y": labels(rows, by, words),
        "x": [row["mean"] for row in rows],
        "text": [words.score(row["mean"]) for row in rows],
        "textposition": "top center",
        "cliponaxis": False,
        "marker": {
            "size": 13,
            "color": [colour(side, theme) for side in sides],
            "symbol": [SYMBOLS[side] for side in sides],
            "line": {"color": theme.text, "width": 1},
        },
        "error_x": interval_bars(rows, theme),
        "customdata": [f"{by}:{row[by]}" for row in rows],
        "hovertext": [mean_hover(row, words) for row in rows],
        "hovertemplate": "%{y}<br>%{hovertext}<extra></extra>",
    }
    layout = base_layout(theme, words.language)
    layout |= {"height": height(rows), "showlegend": False}
    layout["xaxis"] |= score_axis(words)
    layout["yaxis"] |= {"autorange": "reversed", "type": "category", "showgrid": True}
    return {"data": [trace], "layout": layout}


def interval_bars(
    rows: list[Row], theme: Theme, *, of: str = "mean", which: str = "", thickness: int = 2
) -> dict[str, Any]:
    """The intervals around the figures `of`, as Plotly draws them; `which` is the ending of the columns' names."""
    middle, low, high = f"{of}{which}", f"low{which}", f"high{which}"
    return {
        "type": "data",
        "symmetric": False,
        "array": [known(row[high] - row[middle]) for row in rows],
        "arrayminus": [known(row[middle] - row[low]) for row in rows],
        "color": theme.faint,
        "thickness": thickness,
        "width": 0,
    }


SYMBOLS = {"favor": "triangle-up", "against": "triangle-down", "neutral": "circle", "few": "circle-open"}


def side(row: Row) -> str:
    """Which side a mean is clearly on: its whole interval lies there; `few` where n is too small to say."""
    if row["too_few"]:
        return "few"
    return "favor" if row["low"] > 0 else "against" if row["high"] < 0 else "neutral"


def colour(side: str, theme: Theme) -> str:
    """The colour of a side; grey where n is too small."""
    return theme.faint if side == "few" else theme.stance[side]


def mean_hover(row: Row, words: Words) -> str:
    """Mean, interval and n of one group, as the box over its mark says them."""
    shown = words(
        "chart.mean_hover",
        mean=words.score(row["mean"]),
        interval=words.interval(row["low"], row["high"]),
        n=words.number(row["n"]),
        articles=words.number(row["articles"]),
    )
    return words.figure_text(shown)


def score_axis(words: Words) -> dict[str, Any]:
    """The axis of stance scores, its ends named."""
    ticks = [-1, -0.5, 0, 0.5, 1]
    ends = {
        -1: f"{STANCE_SIGNS['against']} {words.label('stance', 'against')}",
        1: f"{words.label('stance', 'favor')} {STANCE_SIGNS['favor']}",
    }
    texts = [words.score(tick) + (f"<br>{words.figure_text(ends[tick])}" if tick in ends else "") for tick in ticks]
    return {"range": [-1.12, 1.12], "tickvals": ticks, "ticktext": texts, "zeroline": True, "zerolinewidth": 2}


def heatmap(table: pd.DataFrame, words: Words, theme: Theme) -> Figure:
    """Country × source: colour is the mean stance on a fixed scale, text the mean and n; too few is grey."""
    actors = list(dict.fromkeys(table["actor"]))
    sources = sorted(dict.fromkeys(table["source"]))
    cells = {(row["source"], row["actor"]): row for row in records(table)}
    grid = [[cells.get((source, actor)) for actor in actors] for source in sources]
    axes = {
        "x": [words.figure_text(words.label("actor", actor)) for actor in actors],
        "y": [words.figure_text(words.label("source", source)) for source in sources],
        "customdata": [[f"source:{source},actor:{actor}" for actor in actors] for source in sources],
        "hovertext": [[mean_hover(cell, words) if cell else "" for cell in line] for line in grid],
        "type": "heatmap",
        "texttemplate": "%{text}",
        "textfont": {"size": 13},
        "hovertemplate": "%{y} · %{x}<br>%{hovertext}<extra></extra>",
        "hoverongaps": False,
        "xgap": 3,
        "ygap": 3,
    }
    sure = axes | {
        "text": [
            ["" if cell and cell["too_few"] else _cell_text(cell, words, theme) for cell in line] for line in grid
        ],
        "z": [[None if not cell or cell["too_few"] else cell["mean"] for cell in line] for line in grid],
        "zmin": -1,
        "zmax": 1,
        "colorscale": theme.scale,
        "colorbar": _colorbar(words),
    }
    few = axes | {
        "text": [
            [_cell_text(cell, words, theme) if cell and cell["too_few"] else "" for cell in line] for line in grid
        ],
        "z": [[0 if cell and cell["too_few"] else None for cell in line] for line in grid],
        "colorscale": [[0, theme.grid], [1, theme.grid]],
        "showscale": False,
    }
    layout = base_layout(theme, words.language)
    layout |= {"height": 130 + 52 * len(sources)}
    layout["xaxis"] |= {"side": "top", "showgrid": False, "type": "category"}
    layout["yaxis"] |= {"autorange": "reversed", "showgrid": False, "type": "category"}
    return {"data": [few, sure], "layout": layout}


def _cell_text(cell: dict[str, Any] | None, words: Words, theme: Theme) -> str:
    if not cell:
        return ""
    first = words("chart.too_few") if cell["too_few"] else words.score(cell["mean"])
    colour = ink(theme.grid if cell["too_few"] else mix(cell["mean"], theme))
    size = words.figure_text(words("chart.n", n=words.number(cell["n"])))
    return f'<span style="color:{colour}">{words.figure_text(first)}<br>{size}</span>'


def _colorbar(words: Words) -> dict[str, Any]:
    ends = [words.figure_text(words.label("stance", stance)) for stance in STANCES]
    return {
        "orientation": "h",
        "thickness": 10,
        "len": 0.6,
        "x": 0.5,
        "y": -0.02,
        "yanchor": "top",
        "tickvals": [-1, 0, 1],
        "ticktext": ends,
        "outlinewidth": 0,
    }


def known(value: float) -> float | None:
    """A number as JSON holds it: a missing one is null."""
    return None if math.isnan(value) else value


def labels(rows: list[Row], by: str, words: Words) -> list[str]:
    """The names of the groups with their n."""
    return [_label(row, by, words) for row in rows]


def _label(row: Row, by: str, words: Words) -> str:
    few = f" · {words('chart.too_few')}" if row["too_few"] else ""
    size = words("chart.n", n=words.number(row["n"])) + few
    return f"{words.figure_text(words.label(by, row[by]))}<br>{words.figure_text(size)}"


def height(rows: list[Row]) -> int:
    """The height in pixels of a chart with one line a row."""
    return 96 + _ROW_HEIGHT * max(1, len(rows))
