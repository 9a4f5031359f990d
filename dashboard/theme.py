"""The look of the dashboard: a stance, a country or a theme goes in, its colour, sign and Plotly layout come out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

STANCES = ("against", "neutral", "favor")
SENTIMENTS = ("negative", "neutral", "positive")
ACTORS = ("US", "KR", "CN", "RU", "KP")

# A second cue beside the colour, on every page: a sign in words and a pattern in bars.
STANCE_SIGNS = {"against": "▼", "neutral": "●", "favor": "▲", "none": "○"}
STANCE_PATTERNS = {"against": "\\", "neutral": "", "favor": "/"}

FONTS = {
    "en": "Source Sans, Source Sans Pro, Noto Kufi Arabic, sans-serif",
    "ar": "Noto Kufi Arabic, Source Sans, Source Sans Pro, sans-serif",
}


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of one theme as hex strings; PuOr for stance, since it stays apart for every kind of sight.

    `middle` is the colour of a mean of 0: near the paper, yet apart from an empty cell.
    """

    name: str
    paper: str
    text: str
    faint: str
    grid: str
    middle: str
    stance: dict[str, str]
    stance_text: dict[str, str]

    @property
    def scale(self) -> list[list[Any]]:
        """The diverging colour scale from −1 (against) over 0 to +1 (favor)."""
        return [[0.0, self.stance["against"]], [0.5, self.middle], [1.0, self.stance["favor"]]]


LIGHT = Theme(
    name="light",
    paper="#ffffff",
    text="#1f2430",
    faint="#5b6270",
    grid="#e3e5ea",
    middle="#f2f0ee",
    stance={"against": "#b35806", "neutral": "#8c8c8c", "favor": "#542788"},
    stance_text={"against": "#ffffff", "neutral": "#000000", "favor": "#ffffff"},
)
DARK = Theme(
    name="dark",
    paper="#14171f",
    text="#eceef3",
    faint="#aab0bd",
    grid="#303541",
    middle="#3a3d45",
    stance={"against": "#fdb863", "neutral": "#8c8c8c", "favor": "#b2abd2"},
    stance_text={"against": "#000000", "neutral": "#000000", "favor": "#000000"},
)
THEMES = {"light": LIGHT, "dark": DARK}


def mix(score: float, theme: Theme) -> str:
    """The colour of a score from −1 to +1 on the diverging scale."""
    end = theme.stance["favor" if score > 0 else "against"]
    pairs = zip(_channels(theme.middle), _channels(end), strict=True)
    return "#" + "".join(f"{round(low + (high - low) * abs(score)):02x}" for low, high in pairs)


def ink(colour: str) -> str:
    """Black or white, whichever reads better on a colour."""
    return max(("#000000", "#ffffff"), key=lambda candidate: contrast(candidate, colour))


def contrast(first: str, second: str) -> float:
    """The WCAG 2.1 contrast ratio of two hex colours, from 1 to 21."""
    bright, dim = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def _luminance(colour: str) -> float:
    channels = [channel / 255 for channel in _channels(colour)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _channels(colour: str) -> tuple[int, int, int]:
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return red, green, blue


def transparent(colour: str, opacity: float) -> str:
    """A hex colour with an opacity from 0 to 1, as CSS writes it."""
    return f"rgba({','.join(map(str, _channels(colour)))},{opacity:g})"


def base_layout(theme: Theme, language: str) -> dict[str, Any]:
    """The Plotly layout that every chart starts from."""
    axis = {
        "gridcolor": theme.grid,
        "zerolinecolor": theme.faint,
        "linecolor": theme.grid,
        "automargin": True,
        "fixedrange": True,
    }
    return {
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": FONTS[language], "size": 13, "color": theme.text},
        "margin": {"l": 8, "r": 16, "t": 8, "b": 40, "pad": 4},
        "xaxis": dict(axis),
        "yaxis": dict(axis),
        "legend": {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom", "traceorder": "normal"},
        "hoverlabel": {"font": {"family": FONTS[language], "size": 13}, "align": "auto"},
        "uirevision": "kept",
        "dragmode": False,
    }
