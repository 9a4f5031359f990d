"""Statements and articles as HTML: every text is escaped, every statement marked where it stands."""

from __future__ import annotations

import html
import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup
from synthetic import HOSTILE, make_articles, make_corpus, make_record

from classifiers.records import Actor, Article, Span
from dashboard import panels, queries, reader
from dashboard.filters import Selection
from dashboard.i18n import Words, strip_bidi

PAYLOADS = [
    HOSTILE,
    "<iframe srcdoc='<script>parent.hacked=1</script>'>",
    "<svg onload=alert(1)>",
    '"><form action=https://evil.example><input>',
    "<style>*{display:none}</style>",
    "javascript:alert(1)",
    "![x](https://evil.example/x.png) $x$ :red[x]",
    "&lt;script&gt;",
    "{{7*7}} {0} %s",
    "</article></mark><script>hacked=1</script>",
    "\u202egnp.exe\u2066<b>\u2069",
]
TAGS = re.compile("<(/?)([a-z0-9]+)")
KNOWN_TAGS = {"article", "mark", "br", "u", "sup", "a", "ul", "ol", "li", "div", "p", "span", "bdi"}


def tags(markup: Markup) -> set[str]:
    """The names of all tags in some markup."""
    return {name for _, name in TAGS.findall(str(markup))}


def record_over(article: Article, start: int, end: int, stance: str | None = "favor") -> dict[str, object]:
    """A record over a stretch of an article, as a row."""
    record = make_record(article, Span(start, end), actor=Actor.RU, stance=stance, draw=random.Random(1))
    return record.to_dict()


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_hostile_article_shows_as_text(payload: str, language: str) -> None:
    """Nothing in an article, a speaker or an outlet becomes markup."""
    article = Article("x", f"قال {payload} إن الأمر", source=payload)
    row = record_over(article, 0, len(article.text)) | {"speaker": payload, "cue": payload, "via": payload}
    words = Words(language)
    made = (
        reader.article_html(article, [row], words) + reader.notes_html([row], words) + reader.facts_html(article, words)
    )
    made += reader.statement_html(row, words, link=reader.place_link(row, {"q": payload}))
    assert tags(made) <= KNOWN_TAGS
    assert not re.search(r"<[^>]*\son\w+=", str(made))
    assert "\u202e" not in made


def test_only_markup_is_shown_as_html() -> None:
    """A plain string is refused, however harmless it looks."""
    with pytest.raises(TypeError, match="plain string"):
        panels.safe_html("<b>plain</b>")  # type: ignore[arg-type]


@given(st.text(alphabet="قال بوتين<&>\n\"'", min_size=1, max_size=60), st.data())
def test_marks_add_nothing_and_lose_nothing(text: str, data: st.DataObject) -> None:
    """Whatever is marked, overlapping or not, the words of the article stay as they were."""
    article = Article("x", text)
    rows = []
    for _ in range(data.draw(st.integers(0, 4))):
        start = data.draw(st.integers(0, len(text) - 1))
        end = data.draw(st.integers(start + 1, len(text)))
        rows.append(record_over(article, start, end, data.draw(st.sampled_from(["favor", "against", None]))))
    made = re.sub(r"<sup>.*?</sup>", "", str(reader.article_html(article, rows, Words("ar"))))
    plain = re.sub("<[^>]+>", "", made.replace("<br>", "\n"))
    assert html.unescape(plain) == strip_bidi(text)


def test_a_statement_is_marked_where_it_stands() -> None:
    """The marked words are those between the offsets, in the colour of their stance."""
    article = Article("x", "مقدمة. أشاد بوتين بالشراكة. خاتمة.")
    start = article.text.index("أشاد")
    end = article.text.index(" خاتمة")
    made = str(reader.article_html(article, [record_over(article, start, end)], Words("en")))
    marked = "".join(re.sub("<[^>]+>", "", part) for part in re.findall(r"<mark[^>]*>(.*?)</mark>", made))
    assert marked == article.text[start:end]
    assert 'class="mw-favor"' in made and '<a href="#note-1"' in made


def test_joint_speakers_share_one_mark_and_have_two_notes() -> None:
    """One span of two countries is marked once and numbered twice."""
    article = Article("x", "قال الزعيمان إنهما متفقان.")
    rows = [record_over(article, 0, 26), record_over(article, 0, 26) | {"actor": "KP"}]
    made = str(reader.article_html(article, rows, Words("ar")))
    assert made.count("<sup>") == 2
    assert str(reader.notes_html(rows, Words("ar"))).count("<li") == 2


def test_every_statement_leads_to_its_place() -> None:
    """The link of a statement names its article, itself, and the filters that were set."""
    corpus = make_corpus(5)
    rows = queries.statements(corpus, Selection(), size=0)
    made = str(reader.statements_html(rows, Words("en"), query={"lang": ["en"], "country": ["RU", "US"]}))
    for row in rows.to_dict("records"):
        assert f"article={row['article_id']}&amp;statement={row['statement_id']}" in made
    assert "country=RU&amp;country=US" in made


def test_off_target_and_unnamed_are_said() -> None:
    """A statement without stance, speaker or outlet says so instead of hiding it."""
    article = Article("x", "قال إن الأمر.")
    made = str(reader.statement_html(record_over(article, 0, 13, None) | {"actor": None, "speaker": None}, Words("en")))
    assert "off target" in made and "Someone else" in made and "Outlet not named" in made and "no date" in made


def test_a_card_of_any_shape_is_listed() -> None:
    """A model card is rendered without knowing its keys."""
    card = {
        "version": "1",
        "figures": {"stance": {"f1": 0.81234}},
        "rows": [{"n": 3}, {"n": 4}],
        "none": None,
        "l": [1, 2],
    }
    assert dict(reader.card_rows(card)) == {
        "version": "1",
        "figures.stance.f1": "0.812",
        "rows.1.n": "3",
        "rows.2.n": "4",
        "none": "None",
        "l": "[1, 2]",
    }


def test_evidence_is_underlined_by_weight() -> None:
    """The stretches that moved the stance are underlined toward the side they moved it to."""
    articles, records = make_articles(3)
    own = [record.to_dict() for record in records if record.article_id == articles[0].article_id]
    made = str(reader.article_html(articles[0], own, Words("ar")))
    assert "mw-why-against" in made or "mw-why-favor" in made
