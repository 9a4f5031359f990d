"""What one reader sees now: session and address go in, a Scene comes out. The one room with session and caches."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache
from typing import Any

import pandas as pd
import streamlit as st

from classifiers.records import Article, Record
from dashboard import catalog, queries
from dashboard.corpus import Corpus, build_corpus
from dashboard.filters import LEAST_N, QUERY_NAMES, WHOLE, Selection
from dashboard.i18n import DEFAULT_LANGUAGE, DIRECTIONS, Words
from dashboard.theme import THEMES, Theme

LANGUAGE = "lang"
LISTS = ("actors", "sources", "kinds", "roles", "sentiments")
_OWNED = (LANGUAGE, *QUERY_NAMES.values())


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything a page draws from."""

    words: Words
    theme: Theme
    corpus: Corpus
    selection: Selection

    @property
    def query(self) -> dict[str, list[str]]:
        """The address of this scene, without the page's own parameters."""
        return {LANGUAGE: [self.words.language], **self.selection.to_query()}


@cache
def corpus() -> Corpus:
    """The corpus, read once for the whole process."""
    return read_corpus()


def read_corpus() -> Corpus:
    """The seed articles with their records."""
    import classifiers

    articles = classifiers.seed_articles()
    records = [record for article in articles for record in classifiers.analyze(article)]
    return build_corpus(articles, classifiers.to_table(records), card=_card())


def analyze(text: str) -> tuple[Article, list[Record]]:
    """The statements of a pasted text; nothing is stored."""
    import classifiers

    article = Article(article_id="try", text=text)
    return article, classifiers.analyze(article)


def _card() -> dict[str, Any]:
    import classifiers

    try:
        return classifiers.model_card()
    except FileNotFoundError:
        return {}


def accuracy(confidence: float) -> float | None:
    """How often the stance is right at this confidence or above, by the card's curve; None without one."""
    curve = queries.coverage(corpus(), Selection(confidence=confidence))
    reached = curve[curve["marked"]]
    return None if reached.empty else float(reached["accuracy"].iloc[0])


def chart_table(name: str, selection: Selection, version: str) -> pd.DataFrame:
    """The table behind a chart, not to be changed; `version` names the corpus that it belongs to."""
    return answer(catalog.CHARTS[name].ask, selection, version)


@lru_cache(maxsize=512)
def answer(ask: Callable[..., pd.DataFrame], selection: Selection, version: str, **options: Any) -> pd.DataFrame:
    """What a question gives, not to be changed; `version` is part of the key, so that a new corpus is asked anew."""
    return ask(corpus(), selection, **options)


def drawn(scene: Scene, name: str) -> catalog.Drawn:
    """A chart of a scene as it is drawn, not to be changed."""
    return _drawn(name, without_pick(scene), scene.corpus.version, scene.words, scene.theme.name)


@lru_cache(maxsize=512)
def _drawn(name: str, selection: Selection, version: str, words: Words, theme: str) -> catalog.Drawn:
    table = chart_table(name, selection, version)
    size = shown(selection, version)
    return catalog.draw(catalog.CHARTS[name], table, corpus(), selection, size, words, THEMES[theme])


@lru_cache(maxsize=512)
def shown(selection: Selection, version: str) -> queries.Shown:
    """The size of a selection; `version` names the corpus that it belongs to."""
    return queries.shown(corpus(), selection)


def begin() -> None:
    """Read the address into the session, once; say what could not be read."""
    if LANGUAGE in st.session_state:
        return
    query = {name: st.query_params.get_all(name) for name in st.query_params}
    selection, refused = Selection.from_query(query, sources=corpus().sources)
    language = query.get(LANGUAGE, [DEFAULT_LANGUAGE])[-1]
    if language not in DIRECTIONS:
        language, refused = DEFAULT_LANGUAGE, [*refused, LANGUAGE]
    st.session_state[LANGUAGE] = language
    st.session_state["refused"] = refused
    fill(selection)


def fill(selection: Selection) -> None:
    """Put a selection into the widgets."""
    first, last = period()
    state = st.session_state
    for name in LISTS:
        state[name] = list(getattr(selection, name))
    state["target"] = selection.target
    state["dates"] = (_within(selection.since or first), _within(selection.until or last))
    state["confidence"] = selection.confidence
    state["stance"] = selection.stance
    state["sentiment"] = selection.sentiment
    state["least"] = selection.least
    state["pick"] = selection.pick


def _within(day: date) -> date:
    first, last = period()
    return min(max(day, first), last)


def reset() -> None:
    """Open every filter."""
    fill(Selection())


def open_filter(field: str) -> None:
    """Open one filter wholly and leave the others."""
    fill(selection().without(field))


def drop_filter(field: str) -> None:
    """Put one filter back to its default and leave the others."""
    fill(replace(selection(), **{field: getattr(Selection(), field)}))


def pick(pairs: str) -> None:
    """Take what was clicked in a chart, written as in its `customdata`."""
    query = {"pick": pairs.split(",")}
    st.session_state["pick"] = Selection.from_query(query, sources=corpus().sources)[0].pick


def unpick() -> None:
    """Let go of what was clicked."""
    st.session_state["pick"] = ()


def period() -> tuple[date, date]:
    """The first and last day of the corpus."""
    read = corpus()
    today = date.today()
    return read.first or today, read.last or today


def read_period(written: str) -> tuple[date, date]:
    """A period of an address, such as `2024-01-01..2024-03-31`, within the corpus; the whole where it is none."""
    try:
        since, until = sorted(date.fromisoformat(day) for day in written.split("..", 1))
    except ValueError:
        return period()
    return _within(since), _within(until)


def selection() -> Selection:
    """The selection that the widgets show; every value is checked again, since a browser may send anything."""
    state = st.session_state
    first, last = period()
    since, until = sorted(state.get("dates", (first, last)))
    asked = Selection(
        **{name: tuple(state.get(name, ())) for name in LISTS},
        target=state.get("target") or "on",
        since=None if since <= first else since,
        until=None if until >= last else until,
        confidence=round(float(state.get("confidence", 0.0)), 2),
        stance=_range(state.get("stance", WHOLE)),
        sentiment=_range(state.get("sentiment", WHOLE)),
        least=int(state.get("least", LEAST_N)),
        pick=tuple(state.get("pick", ())),
    )
    return Selection.from_query(asked.to_query(), sources=corpus().sources)[0]


def _range(bounds: tuple[float, float]) -> tuple[float, float]:
    low, high = sorted(round(float(bound), 2) for bound in bounds)
    return low, high


def words() -> Words:
    """The words of the reader's language."""
    return Words(st.session_state.get(LANGUAGE) or DEFAULT_LANGUAGE)


def scene() -> Scene:
    """What this reader sees now."""
    theme = THEMES.get(st.context.theme.type or "light", THEMES["light"])
    return Scene(words(), theme, corpus(), selection())


def write_address(scene: Scene) -> None:
    """Keep the address equal to the scene; the page's own parameters stay as they are."""
    now = {name: st.query_params.get_all(name) for name in st.query_params}
    wanted = {name: values for name, values in now.items() if name not in _OWNED} | scene.query
    if wanted != now:
        st.query_params.from_dict(wanted)


def page_parameter(name: str, default: str = "") -> str:
    """A parameter of the page itself, such as the article that is open."""
    return str(st.query_params.get(name, default))


def seed(key: str, value: Any) -> None:
    """Give a widget its first value, as the address asks; later the widget holds its own."""
    if key not in st.session_state:
        st.session_state[key] = value


def keep_parameter(name: str, value: str) -> None:
    """Write a parameter of the page into the address; an empty one leaves it."""
    if value and st.query_params.get(name) != value:
        st.query_params[name] = value
    elif not value and name in st.query_params:
        del st.query_params[name]


def page_source(name: str) -> str | None:
    """An outlet among the page's own parameters; `-` stands for the outlet that is not named."""
    written = st.query_params.get(name)
    return "" if written == "-" else written


def keep_source(name: str, source: str | None) -> None:
    """Write an outlet into the page's own parameters."""
    keep_parameter(name, "" if source is None else source or "-")


def without_pick(scene: Scene) -> Selection:
    """The selection that charts show: what was clicked narrows only the statements under them."""
    return replace(scene.selection, pick=())
