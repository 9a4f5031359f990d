"""One card per country: mean stance with its interval, n, and the statement that speaks most plainly."""

from __future__ import annotations

from markupsafe import Markup

from dashboard import comparisons, queries, state
from dashboard.charts import Row, side
from dashboard.i18n import Words, strip_bidi
from dashboard.panels import safe_html
from dashboard.reader import place_link
from dashboard.state import Scene
from dashboard.theme import ACTORS, STANCE_SIGNS

_CARD = Markup(
    '<li class="mw-card mw-edge-{side}{few}"><h3>{country}</h3><div class="mw-big">{sign} {mean}</div>'
    '<p class="mw-note">{interval}</p><p class="mw-note">{size}</p>'
    '<p class="mw-note">{change}</p>{quote}</li>'
)


def country_cards(scene: Scene) -> None:
    """The cards of all five countries, those without statements included."""
    asked = state.without_pick(scene), scene.corpus.version
    tables = (
        state.chart_table("mean-by-country", *asked),
        state.answer(queries.plainest, *asked),
        state.answer(comparisons.changes, *asked),
    )
    known = [{row["actor"]: row for row in queries.records(table)} for table in tables]
    cards = [_card(actor, *(rows.get(actor) for rows in known), scene) for actor in ACTORS]
    safe_html(Markup('<ul class="mw-cards">{}</ul>').format(Markup("").join(cards)))


def _card(actor: str, row: Row | None, plain: Row | None, change: Row | None, scene: Scene) -> Markup:
    words = scene.words
    country = words.label("actor", actor)
    if row is None:
        return Markup('<li class="mw-card mw-few"><h3>{}</h3><p class="mw-note">{}</p></li>').format(
            country, words("card.nothing")
        )
    where = "none" if row["too_few"] else side(row)
    return _CARD.format(
        side=where,
        few=" mw-few" if row["too_few"] else "",
        country=country,
        sign=STANCE_SIGNS[where],
        mean=words.score(row["mean"]),
        interval=_interval(row, words),
        size=words("card.size", n=words.number(row["n"]), articles=words.number(row["articles"])),
        change=_change(change, words),
        quote=_quote(plain, scene) if plain else "",
    )


def _change(change: Row | None, words: Words) -> str:
    if change is None or change["verdict"] == "few":
        return words("card.change_few")
    return words(
        "card.change",
        change=words.score(change["value"]),
        interval=words.interval(change["low"], change["high"]),
        verdict=words.label("verdict", change["verdict"]),
    )


def _interval(row: Row, words: Words) -> str:
    if row["too_few"]:
        return words("chart.too_few")
    if row["articles"] < 2:
        return words("card.one_article")
    return words("card.interval", interval=words.interval(row["low"], row["high"]))


def _quote(plain: Row, scene: Scene) -> Markup:
    return Markup(
        '<p class="mw-words" lang="ar" dir="rtl">{}</p><a class="mw-link" href="{}" target="_self">{}</a>'
    ).format(strip_bidi(plain["text"]), place_link(plain, scene.query), scene.words("reader.open"))
