"""One card per country: mean stance with its interval, n, and the statement that speaks most plainly."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from dashboard import state
from dashboard.i18n import Words, strip_bidi
from dashboard.panels import safe_html
from dashboard.reader import place_link
from dashboard.state import Scene
from dashboard.theme import ACTORS, STANCE_SIGNS

_CARD = Markup(
    '<li class="mw-card mw-edge-{side}{few}"><h3>{country}</h3><div class="mw-big">{sign} {mean}</div>'
    '<p class="mw-note">{interval}</p><p class="mw-note">{size}</p>{quote}</li>'
)


def country_cards(scene: Scene) -> None:
    """The cards of all five countries, those without statements included."""
    selection = state.without_pick(scene)
    table = state.chart_table("mean-by-country", selection, scene.corpus.version)
    rows = {row["actor"]: row for row in table.to_dict("records")}
    plain = {row["actor"]: row for row in state.plainest(selection, scene.corpus.version).to_dict("records")}
    cards = [_card(actor, rows.get(actor), plain.get(actor), scene) for actor in ACTORS]
    safe_html(Markup('<ul class="mw-cards">{}</ul>').format(Markup("").join(cards)))


def _card(actor: str, row: dict[str, Any] | None, plain: dict[str, Any] | None, scene: Scene) -> Markup:
    words = scene.words
    country = words.label("actor", actor)
    if row is None:
        return Markup('<li class="mw-card mw-few"><h3>{}</h3><p class="mw-note">{}</p></li>').format(
            country, words("card.nothing")
        )
    side = "favor" if row["low"] > 0 else "against" if row["high"] < 0 else "neutral"
    return _CARD.format(
        side="none" if row["too_few"] else side,
        few=" mw-few" if row["too_few"] else "",
        country=country,
        sign=STANCE_SIGNS["none" if row["too_few"] else side],
        mean=words.score(row["mean"]),
        interval=_interval(row, words),
        size=words("card.size", n=words.number(row["n"]), articles=words.number(row["articles"])),
        quote=_quote(plain, scene) if plain else "",
    )


def _interval(row: dict[str, Any], words: Words) -> str:
    if row["too_few"]:
        return words("chart.too_few")
    if row["articles"] < 2:
        return words("card.one_article")
    return words("card.interval", interval=words.interval(row["low"], row["high"]))


def _quote(plain: dict[str, Any], scene: Scene) -> Markup:
    return Markup(
        '<p class="mw-words" lang="ar" dir="rtl">{}</p><a class="mw-link" href="{}" target="_self">{}</a>'
    ).format(strip_bidi(plain["text"]), place_link(plain, scene.query), scene.words("reader.open"))
