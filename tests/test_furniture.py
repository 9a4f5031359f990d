"""Pages: furniture, titles, outlets and days, by rows from real layouts."""

from datetime import date

import pytest

from classifiers.furniture import dates_in, find_outlet, find_published, find_title, furniture

NEWS = (
    "قال المتحدث باسم الخارجية الروسية إن المحادثات بين البلدين ستعقد الأسبوع المقبل في موسكو كما كان مقررا من قبل بين الطرفين."
)


@pytest.mark.parametrize(
    "line",
    [
        "[ad_1]",
        "شارك القصة",
        "Close",
        "تابع القراءة",
        "المصدر: وكالات",
        "رئيس مجلسى الإدارة والتحرير",
        "مدة:",
        "🇨🇽 آسيــا و الهادي الولايات المتحدة الامريكية",
        "السبت 16 نوفمبر / November 2024",
        "بوتين وكيم في بيونغ يانغ - رويترز",
        "#روسيا #كوريا",
    ],
)
def test_furniture_is_found(line: str) -> None:
    """Share lines, captions, dates, editors and tags hold no statement."""
    text = f"بوتين يزور كوريا الشمالية اليوم\n{line}\n{NEWS}"
    assert line in [text[s.start : s.end] for s in furniture(text)]


def test_a_title_said_again_is_furniture_once() -> None:
    """The first headline is read, its repetition is not."""
    title = "بوتين: نشكر كوريا الشمالية على دعمها"
    text = f"{title}\n{title}\n{NEWS}"
    assert [s.start for s in furniture(text)] == [len(title) + 1]


def test_links_below_a_heading_are_furniture() -> None:
    """Short lines under "اقرأ أيضا" lead to other articles."""
    text = f"{NEWS}\nاقرأ أيضا\nواشنطن: نراقب الطائرات\n{NEWS} وأضاف."
    assert "واشنطن: نراقب الطائرات" in [text[s.start : s.end] for s in furniture(text)]


def test_news_is_no_furniture() -> None:
    """A paragraph of news is never set aside."""
    assert furniture(NEWS) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("18 يونيو/حزيران 2024", date(2024, 6, 18)),
        ("١٨ يونيو ٢٠٢٤", date(2024, 6, 18)),
        ("4 تشرين الأول 2020", date(2020, 10, 4)),
        ("3 جوان 2022", date(2022, 6, 3)),
        ("2024/06/19", date(2024, 6, 19)),
        ("19-06-2024", date(2024, 6, 19)),
        ("7 أوت 2020", date(2020, 8, 7)),
    ],
)
def test_dates(text: str, expected: date) -> None:
    """Egyptian, Levantine and Maghreb month names and figures are read alike."""
    assert [day for _, day in dates_in(text)] == [expected]


def test_no_impossible_date() -> None:
    """31 February is no date."""
    assert dates_in("31 فبراير 2024") == []


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (f"السبت 16 نوفمبر / November 2024\n\nبوتين في كوريا الشمالية اليوم\n\n{NEWS}", None),
        (f"بوتين في كوريا الشمالية اليوم\nنشر في: 19 يونيو 2024\n{NEWS}", date(2024, 6, 19)),
        (f"بوتين في كوريا الشمالية اليوم\n19 يونيو 2024\n{NEWS}", date(2024, 6, 19)),
        (f"بوتين في كوريا الشمالية\n{NEWS} جاء ذلك اليوم الأربعاء 19 يونيو 2024 في موسكو.", date(2024, 6, 19)),
        (NEWS, None),
    ],
)
def test_published(page: str, expected: date | None) -> None:
    """The day of the crawl in a page's header is not the day of publication."""
    assert find_published(page) == expected


def test_outlet_and_title() -> None:
    """A source line names the outlet, agencies in it do not; the headline is the first short line of words."""
    page = f"رئيس مجلسى الإدارة والتحرير\nمحمد الباز\n\nبوتين يقبل دعوة كيم اليوم\n{NEWS}"
    assert find_outlet(page) == "الدستور"
    assert find_title(page) == "بوتين يقبل دعوة كيم اليوم"
    assert find_outlet(f"{NEWS}\nالمصادر:\nالعربي - وكالات") == "العربي"
    assert find_outlet(f"{NEWS}\nالمصدر") is None
