"""The composer: records keep the contract, whatever text comes in."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifiers import Article, analyze, seed_articles, to_table
from classifiers.errors import UnreadableArticle
from classifiers.records import RECORD_FIELDS, Record

CONTRACT = {
    "statement_id",
    "article_id",
    "source",
    "published",
    "actor",
    "speaker",
    "speaker_role",
    "via",
    "kind",
    "cue",
    "start",
    "end",
    "text",
    "on_target",
    "stance",
    "p_favor",
    "p_against",
    "p_neutral",
    "stance_score",
    "sentiment",
    "sentiment_score",
    "evidence",
    "model",
    "in_title",
}
ARABIC = st.text(alphabet=st.sampled_from('ابتثجحخدذرزسشصضطظعغفقكلمنهويىةأإآؤئ ،.:؟"«»“”\n()-ًـ\u200f1٢'), max_size=300)
VOCABULARY = (
    'قال وأضاف أن إن بوتين كيم واشنطن وسول الرئيس الروسي وزارة الخارجية الصينية بحسب مؤكدا تتهم دعم قلق من التي الذي " « » : ، . '
    "نقلت وكالة تاس عن قوله الزعيمان نظيره أما الشمال مساعده"
)
WORDS = st.lists(st.sampled_from([*VOCABULARY.split(), "\n"]), max_size=60).map(" ".join)


def check(article: Article, record: Record) -> None:
    """What holds of every record."""
    text = article.title if record.in_title else article.text
    assert text is not None and text[record.start : record.end] == record.text
    assert set(record.to_dict()) == CONTRACT
    assert json.loads(json.dumps(record.to_dict())) == record.to_dict()
    if record.on_target:
        assert record.p_favor is not None and record.p_against is not None and record.p_neutral is not None
        assert record.p_favor + record.p_against + record.p_neutral == pytest.approx(1)
        assert record.stance_score == pytest.approx(record.p_favor - record.p_against)
    else:
        assert record.stance is record.stance_score is record.p_favor is None and record.evidence == ()
    assert -1 <= record.sentiment_score <= 1
    assert all(record.start <= start < end <= record.end for start, end, _ in record.evidence)


@given(st.one_of(ARABIC, WORDS, st.text(max_size=200)))
@settings(max_examples=150, deadline=None)
def test_any_text_gives_records_or_none(text: str) -> None:
    """No text raises, and every record points at its own words."""
    article = Article("x", text)
    for record in analyze(article):
        check(article, record)


def test_seeds_keep_the_contract() -> None:
    """All five states speak in the seeds, and every record keeps the contract."""
    actors = set()
    for article in seed_articles():
        for record in analyze(article):
            check(article, record)
            actors.add(str(record.actor))
    assert {"US", "KR", "CN", "RU", "KP"} <= actors


def test_analysis_is_the_same_in_every_thread() -> None:
    """Records and their ids do not depend on when or where they are made."""
    article = seed_articles()[4]
    once = [record.to_dict() for record in analyze(article)]
    with ThreadPoolExecutor(4) as pool:
        for again in pool.map(analyze, [article] * 8):
            assert [record.to_dict() for record in again] == once


def test_a_title_is_read_with_its_own_offsets() -> None:
    """A statement in a given title counts in the title; a title that stands in the text is not read twice."""
    text = "وصل بوتين إلى بيونغ يانغ يوم الأربعاء في زيارة تستغرق يومين."
    article = Article("x", text, title="واشنطن تحذر بيونغ يانغ من تسليح روسيا")
    records = analyze(article)
    assert [(r.in_title, str(r.actor)) for r in records] == [(True, "US")]
    check(article, records[0])
    assert not any(r.in_title for r in analyze(Article("x", f"{article.title}\n{text}", title=article.title)))


def test_the_speaker_does_not_decide() -> None:
    """The same words from five speakers get the same stance to the last digit."""
    speakers = [
        "المتحدث باسم الخارجية الأميركية",
        "وزير الدفاع الكوري الجنوبي",
        "المتحدث باسم الخارجية الصينية",
        "الرئيس بوتين",
        "الزعيم كيم جونغ أون",
    ]
    for content in ("إن التعاون العسكري بين روسيا وكوريا الشمالية يهدد الأمن.", "إن الشراكة بين موسكو وبيونغ يانغ مشروعة تماما."):
        scores = {analyze(Article("x", f"قال {speaker} {content}"))[0].stance_score for speaker in speakers}
        assert len(scores) == 1 and None not in scores


def test_a_table_has_the_columns_of_the_contract() -> None:
    """Arrow columns stand in the order of the record's fields, also with no rows."""
    assert tuple(to_table([]).column_names) == RECORD_FIELDS
    table = to_table(analyze(seed_articles()[0]))
    assert tuple(table.column_names) == RECORD_FIELDS and str(table.schema.field("published").type) == "date32[day]"


def test_an_article_needs_text_and_a_date() -> None:
    """Wrong types are refused in one sentence."""
    with pytest.raises(UnreadableArticle, match="string"):
        Article("x", None)  # type: ignore[arg-type]
    with pytest.raises(UnreadableArticle, match="YYYY-MM-DD"):
        Article("x", "نص", published="yesterday")  # type: ignore[arg-type]
    assert str(Article("x", "نص", published="2024-06-19").published) == "2024-06-19"  # type: ignore[arg-type]
