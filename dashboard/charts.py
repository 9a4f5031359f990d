"""Tables become Plotly figures, as plain JSON values ({"data", "layout"}); no Streamlit here.

Every mark carries what a click on it selects in `customdata`, such as "actor:RU,stance:favor".
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard.i18n import Words
from dashboard.theme import STANCE_PATTERNS, STANCE_SIGNS, STANCES, Theme, base_layout, ink, mix

Figure = dict[str, Any]

_ROW_HEIGHT = 46
_SHOWN_SHARE = 0.08


def ranked(table: pd.DataFrame, by: str) -> pd.DataFrame:
    """The rows of a table from the most favorable mean to the least, as every chart and table lists them."""
    return table.sort_values(["mean", by], ascending=[False, True], kind="stable").reset_index(drop=True)


def shares(table: pd.DataFrame, words: Words, theme: Theme, *, by: str) -> Figure:
    """Stance shares of each country or source as 100 % bars: against, neutral, favor."""
    rows = ranked(table, by)
    names = labels(rows, by, words)
    data = [_share_bars(rows, names, by, stance, words, theme) for stance in STANCES]
    layout = base_layout(theme, words.language)
    layout |= {"barmode": "stack", "bargap": 0.32, "height": height(rows)}
    layout["xaxis"] |= {"range": [0, 1], "tickformat": ".0%", "showgrid": False}
    layout["yaxis"] |= {"autorange": "reversed", "type": "category"}
    return {"data": data, "layout": layout}


def _share_bars(
    rows: pd.DataFrame, names: list[str], by: str, stance: str, words: Words, theme: Theme
) -> dict[str, Any]:
    name = words.figure_text(f"{STANCE_SIGNS[stance]} {words.label('stance', stance)}")
    share = rows[f"share_{stance}"]
    return {
        "type": "bar",
        "orientation": "h",
        "name": name,
        "y": names,
        "x": share.tolist(),
        "text": [words.percent(value) if value >= _SHOWN_SHARE else "" for value in share],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "textfont": {"color": [theme.text if few else theme.stance_text[stance] for few in rows["too_few"]]},
        "constraintext": "none",
        "marker": {
            "color": theme.stance[stance],
            "opacity": [0.35 if few else 1.0 for few in rows["too_few"]],
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
        "customdata": [f"{by}:{key},stance:{stance}" for key in rows[by]],
        "hovertext": [
            f"{label}<br>{name}: {words.percent(row[f'share_{stance}'])} "
            f"[{words.percent(row[f'low_{stance}'])} … {words.percent(row[f'high_{stance}'])}]"
            for label, row in zip(names, rows.to_dict("records"), strict=True)
        ],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def means(table: pd.DataFrame, words: Words, theme: Theme, *, by: str) -> Figure:
    """Mean stance of each country or source as a dot with its 95 % interval on the scale from −1 to +1."""
    rows = ranked(table, by)
    sides = [side(row) for row in rows.to_dict("records")]
    names = labels(rows, by, words)
    trace = {
        "type": "scatter",
        "mode": "markers+text",
        "y": names,
        "x": rows["mean"].tolist(),
        "text": [words.score(value) for value in rows["mean"]],
        "textposition": "top center",
        "cliponaxis": False,
        "marker": {
            "size": 13,
            "color": [colour(side, theme) for side in sides],
            "symbol": [SYMBOLS[side] for side in sides],
            "line": {"color": theme.text, "width": 1},
        },
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": gaps(rows["high"] - rows["mean"]),
            "arrayminus": gaps(rows["mean"] - rows["low"]),
            "color": theme.faint,
            "thickness": 2,
            "width": 0,
        },
        "customdata": [f"{by}:{key}" for key in rows[by]],
        "hovertext": [mean_hover(row, words) for row in rows.to_dict("records")],
        "hovertemplate": "%{y}<br>%{hovertext}<extra></extra>",
    }
    layout = base_layout(theme, words.language)
    layout |= {"height": height(rows), "showlegend": False}
    layout["xaxis"] |= score_axis(words)
    layout["yaxis"] |= {"autorange": "reversed", "type": "category", "showgrid": True}
    return {"data": [trace], "layout": layout}


SYMBOLS = {"favor": "triangle-up", "against": "triangle-down", "neutral": "circle", "few": "circle-open"}


def side(row: dict[str, Any]) -> str:
    """Which side a mean is clearly on: its whole interval lies there; `few` where n is too small to say."""
    if row["too_few"]:
        return "few"
    return "favor" if row["low"] > 0 else "against" if row["high"] < 0 else "neutral"


def colour(side: str, theme: Theme) -> str:
    """The colour of a side; grey where n is too small."""
    return theme.faint if side == "few" else theme.stance[side]


def mean_hover(row: dict[str, Any], words: Words) -> str:
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
    cells = {(row["source"], row["actor"]): row for row in table.to_dict("records")}
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


def gaps(values: pd.Series) -> list[float | None]:
    """Numbers as JSON holds them: a missing one is null."""
    return [None if pd.isna(value) else float(value) for value in values]


def labels(rows: pd.DataFrame, by: str, words: Words) -> list[str]:
    """The names of the groups with their n."""
    return [_label(row, by, words) for row in rows.to_dict("records")]


def _label(row: dict[str, Any], by: str, words: Words) -> str:
    few = f" · {words('chart.too_few')}" if row["too_few"] else ""
    size = words("chart.n", n=words.number(row["n"])) + few
    return f"{words.figure_text(words.label(by, row[by]))}<br>{words.figure_text(size)}"


def height(rows: pd.DataFrame) -> int:
    """The height in pixels of a chart with one line a row."""
    return 96 + _ROW_HEIGHT * max(1, len(rows))
