"""The filters beside every page and the line above it: words go in, widgets that change the selection appear."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard import component, state
from dashboard.filters import ACTORS, KINDS, LEAST_N_LIMITS, ROLES, SENTIMENTS, TARGETS, in_words, picked_in_words
from dashboard.i18n import DIRECTIONS, Words
from dashboard.state import Scene


def filters(words: Words) -> None:
    """All filters and sliders, in the sidebar."""
    with st.sidebar:
        st.header(words("filter.title"), anchor=False)
        _choices("actors", ACTORS, words, "actor")
        _choices("sources", state.corpus().sources, words, "source")
        _choices("kinds", KINDS, words, "kind")
        _choices("roles", ROLES, words, "role")
        _choices("sentiments", SENTIMENTS, words, "sentiment")
        st.radio(
            words("filter.target"),
            TARGETS,
            key="target",
            format_func=_names("target", words),
            horizontal=True,
            help=words("filter.target_help"),
        )
        _dates(words)
        st.slider(
            words("filter.confidence"),
            0.0,
            1.0,
            step=0.05,
            key="confidence",
            format="percent",
            help=words("filter.confidence_help"),
        )
        _coverage(words)
        st.slider(words("filter.stance"), -1.0, 1.0, step=0.1, key="stance", help=words("filter.stance_help"))
        st.slider(words("filter.sentiment"), -1.0, 1.0, step=0.1, key="sentiment", help=words("filter.sentiment_help"))
        st.slider(words("filter.least"), *LEAST_N_LIMITS, key="least", help=words("filter.least_help"))


def _coverage(words: Words) -> None:
    """What the confidence keeps and, where the model card says so, how often it is right there."""
    selection, version = state.selection(), state.corpus().version
    whole = state.shown(selection.without("confidence"), version).statements
    share = words.percent(state.shown(selection, version).statements / whole if whole else None)
    right = state.accuracy(selection.confidence)
    key, said = ("covers", {}) if right is None else ("covers_right", {"right": words.percent(right)})
    st.markdown(f":small[{words(f'filter.{key}', share=share, **said)}]")


def _choices(field: str, options: tuple[str, ...], words: Words, kind: str) -> None:
    st.multiselect(
        words(f"filter.{field}"), options, key=field, format_func=_names(kind, words), placeholder=words("filter.all")
    )


def _names(kind: str, words: Words) -> Callable[[str], str]:
    return lambda value: words.label(kind, value)


def _dates(words: Words) -> None:
    first, last = state.period()
    if first < last:
        st.slider(words("filter.dates"), first, last, key="dates", format="YYYY-MM-DD")


def top_line(scene: Scene) -> None:
    """The count of what is shown, the filters in words, and the buttons that are always there."""
    words = scene.words
    shown = state.shown(state.without_pick(scene), scene.corpus.version)
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", key="top-line"):
        st.markdown(
            words(
                "top.shown",
                n=words.number(shown.statements),
                total=words.number(shown.total),
                articles=words.number(shown.articles),
                sources=words.number(shown.sources),
            )
        )
        with st.container(horizontal=True, vertical_alignment="center", width="content"):
            st.button(words("action.reset"), key="reset", icon=":material/restart_alt:", on_click=state.reset)
            component.page_frame(
                {
                    "language": words.language,
                    "direction": words.direction,
                    "copy": words("action.copy"),
                    "copied": words("action.copied"),
                }
            )
            st.segmented_control(
                words("top.language"),
                list(DIRECTIONS),
                key=state.LANGUAGE,
                required=True,
                format_func=lambda code: words(f"language.{code}"),
                label_visibility="collapsed",
            )
    # Both rows are always there, if empty: what follows keeps its place, so the browser keeps its charts.
    with st.container(horizontal=True):
        _chips(scene)
    with st.container():
        if refused := st.session_state.get("refused"):
            st.warning(words("top.refused", names=words("list.comma").join(refused)), icon=":material/link_off:")


def _chips(scene: Scene) -> None:
    words, selection = scene.words, scene.selection
    for field, text in in_words(selection, words):
        st.button(
            text,
            key=f"chip-{field}",
            icon=":material/close:",
            help=words("action.open_filter"),
            on_click=state.drop_filter,
            args=(field,),
        )
    if selection.pick:
        text = picked_in_words(selection, words)
        st.button(text, key="chip-pick", icon=":material/ads_click:", on_click=state.unpick)
