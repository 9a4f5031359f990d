"""Stance over time: a table of days, weeks or months goes in, a Plotly figure as plain JSON values comes out."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Any

import pandas as pd

from dashboard.charts import SYMBOLS, Figure, Row, colour, interval_bars, mean_hover, side
from dashboard.events import Event
from dashboard.i18n import Words
from dashboard.queries import records
from dashboard.theme import Theme, base_layout, transparent

_ROW, _STRIP = 120, 140
_NAME_LENGTH, _NAME_WIDTH = 22, 0.035


def timeline(table: pd.DataFrame, words: Words, theme: Theme, *, unit: str, events: Sequence[Event] = ()) -> Figure:
    """Mean stance over time, one small chart per country on the same axes, with the 95 % interval as a band.

    The events that lie in the time shown are marked across all countries and named above them.
    """
    rows = records(table)
    actors = list(dict.fromkeys(row["actor"] for row in rows))
    first, last = rows[0]["bin"].date(), _next(rows[-1]["bin"].date(), unit)
    marked = [event for event in events if first <= event.day < last]
    plots, strip = _ROW * len(actors), _STRIP if marked else 0
    layout = base_layout(theme, words.language)
    layout |= {"height": 60 + plots + strip, "showlegend": False, "annotations": []}
    layout["xaxis"] |= {"type": "date", "tickformat": "%Y-%m-%d" if unit == "day" else "%Y-%m"}
    layout["xaxis"] |= {"anchor": "free", "position": 0, "showgrid": True}
    data: list[dict[str, Any]] = []
    step = _ROW / (plots + strip)
    for place, actor in enumerate(actors):
        axis = f"y{place + 1}" if place else "y"
        top = (len(actors) - place) * step
        layout[axis.replace("y", "yaxis")] = base_layout(theme, words.language)["yaxis"] | {
            "domain": [top - step * 0.78, top - step * 0.14],
            "range": [-1.1, 1.1],
            "tickvals": [-1, 0, 1],
            "ticktext": [words.score(tick) for tick in (-1, 0, 1)],
        }
        layout["annotations"].append(_row_title(words.label("actor", actor), top, words))
        own = _with_gaps([row for row in rows if row["actor"] == actor], unit)
        data += [_band(own, axis, theme), _line(own, actor, axis, words, theme, unit)]
    if marked:
        layout["xaxis"] |= {"range": [_noon(first - (last - first) * 0.03), _noon(last)]}
        layout["shapes"] = [_event_line(event, step * len(actors), theme) for event in marked]
        layout["annotations"] += _event_names(marked, last - first, step * len(actors), words, theme)
    return {"data": data, "layout": layout}


def _noon(day: date) -> str:
    return f"{day.isoformat()} 12:00"


def _event_line(event: Event, top: float, theme: Theme) -> dict[str, Any]:
    return {
        "type": "line",
        "xref": "x",
        "yref": "paper",
        "x0": event.day.isoformat(),
        "x1": event.day.isoformat(),
        "y0": 0,
        "y1": top,
        "line": {"color": theme.faint, "width": 1, "dash": "dot"},
        "layer": "below",
    }


def _event_names(
    events: Sequence[Event], span: timedelta, top: float, words: Words, theme: Theme
) -> list[dict[str, Any]]:
    """The names of events above their lines, written upward; one that would touch its neighbour moves aside."""
    made: list[dict[str, Any]] = []
    free = events[0].day
    for event in events:
        place = max(event.day, free)
        free = place + span * _NAME_WIDTH
        lines = textwrap.wrap(event.names[words.language], _NAME_LENGTH)
        made.append(
            {
                "text": "<br>".join(words.figure_text(line) for line in lines),
                "textangle": -90,
                "align": "right" if words.is_rtl else "left",
                "x": place.isoformat(),
                "xanchor": "center",
                "y": top,
                "yanchor": "bottom",
                "yref": "paper",
                "showarrow": False,
                "font": {"size": 12, "color": theme.faint},
            }
        )
    return made


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


def _with_gaps(rows: list[Row], unit: str) -> list[Row]:
    """The rows with one of only a `bin` for every day, week or month that has none, so that lines break there."""
    found = {row["bin"].date(): row for row in rows}
    days, last = [min(found)], max(found)
    while days[-1] < last:
        days.append(_next(days[-1], unit))
    return [found.get(day, {}) | {"bin": day} for day in days]


def _next(day: date, unit: str) -> date:
    if unit == "month":
        return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    return day + timedelta(days=7 if unit == "week" else 1)


def _line(rows: list[Row], actor: str, axis: str, words: Words, theme: Theme, unit: str) -> dict[str, Any]:
    sides = [side(row) if "n" in row else "few" for row in rows]
    blank = {"mean": math.nan, "low": math.nan, "high": math.nan}
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": [row["bin"].isoformat() for row in rows],
        "y": [row.get("mean") for row in rows],
        "yaxis": axis,
        "connectgaps": False,
        "line": {"color": theme.faint, "width": 2},
        "marker": {
            "size": 9,
            "symbol": [SYMBOLS[side] for side in sides],
            "color": [colour(side, theme) for side in sides],
            "line": {"color": theme.text, "width": 1},
        },
        "error_y": interval_bars([blank | row for row in rows], theme, thickness=1),
        "customdata": [
            f"actor:{actor},from:{row['bin']},to:{_next(row['bin'], unit) - timedelta(days=1)}" for row in rows
        ],
        "hovertext": [mean_hover(row, words) if "n" in row else "" for row in rows],
        "hovertemplate": "%{x}<br>%{hovertext}<extra></extra>",
    }


def _band(rows: list[Row], axis: str, theme: Theme) -> dict[str, Any]:
    """The interval as one filled outline for each unbroken run of the line."""
    outline: list[tuple[str | None, float | None]] = []
    for sure, run in groupby(rows, lambda row: not math.isnan(row.get("low", math.nan))):
        if sure:
            edges = [(row["bin"].isoformat(), row["low"], row["high"]) for row in run]
            outline += [(day, high) for day, _, high in edges] + [(day, low) for day, low, _ in reversed(edges)]
            outline.append((None, None))
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [day for day, _ in outline],
        "y": [edge for _, edge in outline],
        "yaxis": axis,
        "fill": "toself",
        "fillcolor": transparent(theme.faint, 0.18),
        "line": {"width": 0},
        "hoverinfo": "skip",
    }
