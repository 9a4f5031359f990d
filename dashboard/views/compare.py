"""Any two selections side by side: each with its figures, their difference with its interval, plainly worded."""

from dataclasses import replace
from datetime import date

import streamlit as st

from dashboard import comparisons, panels, state
from dashboard.filters import ACTORS, Selection

scene = state.scene()
words = scene.words
st.title(words("compare.heading"), anchor=False)
st.markdown(words("compare.lead"))
base = state.without_pick(scene)
first_day, last_day = state.period()


def choose(name: str, kind: str, options: tuple[str, ...]) -> tuple[str, ...]:
    """One country or outlet, or all, by a box whose value stands in the address."""
    key = f"{name}.{kind}"
    asked = state.page_source(key)
    state.seed(key, asked if asked in options else None)
    chosen = st.selectbox(
        words("compare.country" if kind == "actor" else "compare.source"),
        options,
        key=key,
        index=None,
        placeholder=words("compare.any"),
        format_func=lambda value: words.label(kind, value),
    )
    state.keep_source(key, chosen)
    return () if chosen is None else (chosen,)


def period(name: str) -> tuple[date | None, date | None]:
    """A period within that of the filters, by a slider whose value stands in the address."""
    if first_day >= last_day:
        return base.since, base.until
    key = f"{name}.dates"
    state.seed(key, state.read_period(state.page_parameter(key)))
    since, until = st.slider(words("compare.dates"), first_day, last_day, key=key, format="YYYY-MM-DD")
    whole = (since, until) == (first_day, last_day)
    state.keep_parameter(key, "" if whole else f"{since}..{until}")
    return (base.since, base.until) if whole else (since, until)


def side(name: str) -> Selection:
    """One side of the comparison: its choices, its figures, its shares."""
    st.subheader(words(f"compare.{name}"), anchor=False)
    actors = choose(name, "actor", ACTORS)
    sources = choose(name, "source", scene.corpus.sources)
    since, until = period(name)
    narrowed = replace(base, actors=actors or base.actors, sources=sources or base.sources, since=since, until=until)
    own = replace(scene, selection=narrowed)
    panels.figures(own)
    panels.chart_panel(own, "shares-by-country", place=f"-{name}")
    return narrowed


answer = st.container()
sides = []
for column, name in zip(st.columns(2, gap="large"), ("first", "second"), strict=True):
    with column:
        sides.append(side(name))
found = comparisons.difference(scene.corpus, *sides)
with answer:
    panels.verdict(scene, found, *sides)
