"""What a reader takes along: a table or a figure goes in, the bytes of a file come out."""

from __future__ import annotations

import io
import json
import textwrap
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pandas as pd
from markupsafe import Markup

from dashboard.catalog import Caption
from dashboard.charts import Figure
from dashboard.i18n import Words, strip_bidi
from dashboard.theme import LIGHT

STATIC = Path(__file__).parent / "static"
PLOTLY_ADDRESS = "/assets/plotly.min.js"
PICTURE_WIDTH = 1000
PICTURE_FONT = "Noto Kufi Arabic, Arial, Helvetica, sans-serif"
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_LINE, _WRAP = 20, 118


def file_name(name: str, kind: str, day: date) -> str:
    """The name of a download: what it shows, and the day it was taken."""
    return f"mawaqif-{name}-{day.isoformat()}.{kind}"


def to_csv(table: pd.DataFrame) -> bytes:
    """UTF-8 with the mark that spreadsheets need; text that it would run as a formula is quoted."""
    safe = table.copy()
    for name in safe.columns:
        if not pd.api.types.is_numeric_dtype(safe[name]):
            safe[name] = [_inert(value) for value in safe[name]]
    return b"\xef\xbb\xbf" + safe.to_csv(index=False, lineterminator="\r\n").encode("utf-8")


def _inert(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    plain = strip_bidi(value)
    return f"'{plain}" if plain.startswith(_FORMULA_STARTS) else plain


def to_parquet(table: pd.DataFrame) -> bytes:
    """A Parquet file, packed with zstd."""
    packed = io.BytesIO()
    table.to_parquet(packed, index=False, compression="zstd")
    return packed.getvalue()


def to_jsonl(table: pd.DataFrame) -> bytes:
    """One JSON object a line, in UTF-8; days as YYYY-MM-DD."""
    plain = table.copy()
    for name in plain.select_dtypes("datetime"):
        plain[name] = plain[name].dt.strftime("%Y-%m-%d")
    return plain.to_json(orient="records", lines=True, force_ascii=False).encode("utf-8")


def picture(figure: Figure, caption: Caption, words: Words) -> Figure:
    """A figure ready to leave the page: title, filters, n and source drawn in, on white, at print width."""
    lines = textwrap.wrap(caption.subtitle, _WRAP)
    head, foot = 46 + _LINE * len(lines) + 34, 44
    layout = json.loads(json.dumps(figure["layout"]))
    height = int(layout["height"]) + head + foot
    layout |= {
        "width": PICTURE_WIDTH,
        "height": height,
        "paper_bgcolor": LIGHT.paper,
        "font": layout["font"] | {"family": PICTURE_FONT},
        "margin": {"l": 24, "r": 24, "t": head, "b": foot + 44, "pad": 4},
        "title": _title(caption.title, lines, words),
    }
    layout["annotations"] = [*layout.get("annotations", []), _footer(caption.source, words)]
    return {"data": figure["data"], "layout": layout}


def _title(title: str, lines: list[str], words: Words) -> dict[str, Any]:
    small = "".join(
        f'<br><span style="font-size:13px;color:{LIGHT.faint}">{words.figure_text(line)}</span>' for line in lines
    )
    end = words.is_rtl
    return {
        "text": f"<b>{words.figure_text(title)}</b>{small}",
        "font": {"size": 19},
        "x": 1 if end else 0,
        "xanchor": "right" if end else "left",
        "y": 1,
        "yanchor": "top",
        "yref": "container",
        "xref": "container",
        "pad": {"l": 24, "r": 24, "t": 20},
        "automargin": False,
    }


def _footer(source: str, words: Words) -> dict[str, Any]:
    end = words.is_rtl
    return {
        "text": words.figure_text(source),
        "showarrow": False,
        "xref": "paper",
        "yref": "paper",
        "x": 1 if end else 0,
        "xanchor": "right" if end else "left",
        "y": 0,
        "yanchor": "top",
        "yshift": -58,
        "font": {"size": 12, "color": LIGHT.faint},
    }


@cache
def plotly_js() -> str:
    """The drawing library as the installed plotly package ships it."""
    return files("plotly").joinpath("package_data/plotly.min.js").read_text(encoding="utf-8")


@cache
def _font_css() -> str:
    data = b64encode((STATIC / "noto-kufi-arabic-400.woff2").read_bytes()).decode()
    return f"@font-face{{font-family:'Noto Kufi Arabic';src:url(data:font/woff2;base64,{data}) format('woff2')}}"


@dataclass(frozen=True, slots=True)
class Section:
    """One chart of a page that leaves the dashboard: its figure as `picture` makes it, its words and its table."""

    figure: Figure
    caption: Caption
    table: Markup


_PAGE = Markup(
    """<!DOCTYPE html>
<html lang="{language}" dir="{direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{font}
body{{font-family:'Source Sans','Noto Kufi Arabic',sans-serif;color:#1f2430}}
body{{margin:2rem auto;max-width:1040px;padding:0 1rem;line-height:1.6}}
#js-plotly-tester,.js-plotly-plot{{direction:ltr}}
figure{{margin:0 0 1rem;break-inside:avoid}} .chart{{direction:ltr;overflow-x:auto}} section{{margin-bottom:3rem}}
table{{border-collapse:collapse;width:100%;font-size:.8rem}}
th,td{{text-align:start;padding:.3rem .5rem;border-bottom:1px solid #e3e5ea}}
</style>
</head>
<body>
{heading}
{sections}
{notes}
<script>{library}</script>
<script>
const figures = {figures};
figures.forEach((figure, place) => Plotly.newPlot(
  `chart-${{place}}`, figure.data, figure.layout, {{displaylogo: false, showSendToCloud: false}}));
</script>
</body>
</html>
"""
)
_SECTION = Markup(
    """<section>
<figure><div class="chart" id="chart-{place}" role="img" aria-label="{finding}"></div>
<figcaption>{finding}</figcaption></figure>
<details open><summary>{heading}</summary>{table}</details>
</section>
"""
)


def to_html(
    sections: Sequence[Section], words: Words, *, title: str, heading: str = "", notes: Sequence[tuple[str, str]] = ()
) -> bytes:
    """One page that needs no network: charts, their findings and tables, and notes as pairs of title and text."""
    shown = [
        _SECTION.format(place=place, finding=section.caption.finding, heading=words("download.data"), table=section.table)
        for place, section in enumerate(sections)
    ]
    return _PAGE.format(
        language=words.language,
        direction=words.direction,
        title=title,
        heading=Markup("<h1>{}</h1>").format(heading) if heading else "",
        sections=Markup("").join(shown),
        notes=Markup("").join(Markup("<h2>{}</h2><p>{}</p>").format(*note) for note in notes),
        font=Markup(_font_css()),  # noqa: S704 (our own font)
        library=Markup(plotly_js().replace("</script", "<\\/script")),  # noqa: S704 (the installed library)
        figures=Markup(_script_json([section.figure for section in sections])),  # noqa: S704 (JSON without <)
    ).encode("utf-8")


def _script_json(value: Any) -> str:
    """JSON that cannot end the script element it stands in."""
    return json.dumps(value, ensure_ascii=False).replace("<", "\\u003c").replace("\u2028", "").replace("\u2029", "")
