"""Stance over time: a table of days, weeks or months goes in, a Plotly figure as plain JSON values comes out."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard.charts import SYMBOLS, Figure, colour, gaps, mean_hover, side
from dashboard.i18n import Words
from dashboard.theme import Theme, base_layout, transparent

_FREQUENCIES = {"day": "D", "week": "W-MON", "month": "MS"}


def timeline(table: pd.DataFrame, words: Words, theme: Theme, *, unit: str) -> Figure:
    """Mean stance over time, one small chart per country on the same axes, with the 95 % interval as a band."""
    actors = list(dict.fromkeys(table["actor"]))
    layout = base_layout(theme, words.language)
    layout |= {"height": 60 + 120 * max(1, len(actors)), "showlegend": False, "annotations": []}
    layout["xaxis"] |= {"type": "date", "tickformat": "%Y-%m-%d" if unit == "day" else "%Y-%m"}
    data: list[dict[str, Any]] = []
    step = 1 / max(1, len(actors))
    for place, actor in enumerate(actors):
        axis = "y" if place == 0 else f"y{place + 1}"
        top = 1 - place * step
        layout[axis.replace("y", "yaxis")] = base_layout(theme, words.language)["yaxis"] | {
            "domain": [top - step * 0.78, top - step * 0.14],
            "range": [-1.1, 1.1],
            "tickvals": [-1, 0, 1],
            "ticktext": [words.score(tick) for tick in (-1, 0, 1)],
        }
        layout["annotations"].append(_row_title(words.label("actor", actor), top, words))
        data += _band_and_line(_with_gaps(table[table["actor"] == actor], unit), actor, axis, words, theme, unit)
    layout["xaxis"] |= {"anchor": "free", "position": 0, "showgrid": True}
    return {"data": data, "layout": layout}


def _row_title(name: str, top: float, words: Words) -> dict[str, Any]:
    side = "right" if words.is_rtl else "left"
    return {
        "text": f"<b>{words.figure_text(name)}</b>",
        "xref": "paper",
        "yref": "paper",
        "x": 1 if words.is_rtl else 0,
        "xanchor": side,
        "y": top,
        "yanchor": "top",
        "showarrow": False,
    }


def _with_gaps(rows: pd.DataFrame, unit: str) -> pd.DataFrame:
    """The rows with an empty one for every day, week or month that has none, so that lines break there."""
    bins = pd.DatetimeIndex(rows["bin"])
    every = pd.date_range(bins.min(), bins.max(), freq=_FREQUENCIES[unit])
    return rows.set_index(bins).reindex(every.union(bins))


def _band_and_line(
    rows: pd.DataFrame, actor: str, axis: str, words: Words, theme: Theme, unit: str
) -> list[dict[str, Any]]:
    x = [stamp.date().isoformat() for stamp in rows.index]
    shared = {"type": "scatter", "x": x, "yaxis": axis, "connectgaps": False}
    known = rows["n"].notna()
    records = rows.to_dict("records")
    line = shared | {
        "mode": "lines+markers",
        "y": gaps(rows["mean"]),
        "line": {"color": theme.faint, "width": 2},
        "marker": {
            "size": 9,
            "symbol": [SYMBOLS[side(row)] if ok else "circle" for row, ok in zip(records, known, strict=True)],
            "color": [colour(side(row), theme) if ok else theme.faint for row, ok in zip(records, known, strict=True)],
            "line": {"color": theme.text, "width": 1},
        },
        "error_y": {
            "type": "data",
            "symmetric": False,
            "array": gaps(rows["high"] - rows["mean"]),
            "arrayminus": gaps(rows["mean"] - rows["low"]),
            "color": theme.faint,
            "thickness": 1,
            "width": 0,
        },
        "customdata": [f"actor:{actor},from:{start},to:{_end(start, unit)}" for start in x],
        "hovertext": [mean_hover(row, words) if ok else "" for row, ok in zip(records, known, strict=True)],
        "hovertemplate": "%{x}<br>%{hovertext}<extra></extra>",
    }
    return [_band(rows, x, theme) | {"yaxis": axis}, line]


def _band(rows: pd.DataFrame, x: list[str], theme: Theme) -> dict[str, Any]:
    """The interval as one filled outline for each unbroken run of the line."""
    outline: list[tuple[str | None, float | None]] = []
    run: list[tuple[str, float, float]] = []
    for day, low, high in [*zip(x, rows["low"], rows["high"], strict=True), (None, None, None)]:
        if day is not None and not pd.isna(low):
            run.append((day, float(low), float(high)))
            continue
        outline += [(each, high) for each, _, high in run] + [(each, low) for each, low, _ in reversed(run)]
        outline.append((None, None))
        run = []
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [day for day, _ in outline],
        "y": [edge for _, edge in outline],
        "fill": "toself",
        "fillcolor": transparent(theme.faint, 0.18),
        "line": {"width": 0},
        "hoverinfo": "skip",
    }


def _end(start: str, unit: str) -> str:
    first = pd.Timestamp(start)
    after = {"day": pd.Timedelta(days=1), "week": pd.Timedelta(days=7), "month": pd.offsets.MonthBegin(1)}[unit]
    return (first + after - pd.Timedelta(days=1)).date().isoformat()
