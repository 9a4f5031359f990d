"""Who says what: a sentence goes in; its statements with actor and kind come out. Each row is one surprise of real text."""

import pytest

from classifiers.actors import attribute
from classifiers.furniture import furniture
from classifiers.reading import Reading
from classifiers.statements import find_statements


def said(text: str) -> list[tuple[str, str]]:
    """(actors, kind) of each statement of the five, joint speakers joined by +."""
    reading = Reading(text, furniture(text))
    statements = find_statements(reading)
    found = []
    for statement, speakers in zip(statements, attribute(reading, statements), strict=True):
        actors = "+".join(sorted(str(who.actor) for who in speakers if who.actor))
        if actors:
            found.append((actors, str(statement.kind)))
    return found


CUES = [
    ("قال لافروف إن بلاده ستواصل التعاون مع بيونغ يانغ.", [("RU", "reported")]),
    ("وأكدت واشنطن أن الصفقة تنتهك القرارات.", [("US", "reported")]),
    ("ويقول الكرملين إن العلاقات طويلة الأمد.", [("RU", "reported")]),
    ("الكرملين يقول إن العلاقة طويلة الأمد.", [("RU", "reported")]),
    ("تتهم الولايات المتحدة كوريا الشمالية بتزويد روسيا بذخائر.", [("US", "narrated")]),
    ("شكر بوتين مضيفه على دعم روسيا في حربها.", [("RU", "narrated")]),
    ("رحبت بكين بالزيارة، مؤكدة أنها شأن ثنائي.", [("CN", "narrated"), ("CN", "reported")]),
    ('قال كيربي: "لسنا قلقين بشأن الزيارة، ما يقلقنا هو تعميق العلاقات".', [("US", "direct")]),
    ('"لسنا قلقين بشأن هذه الزيارة إطلاقا"، قال المتحدث باسم الخارجية الأميركية.', [("US", "direct")]),
    ("وكان المتحدث باسم الكرملين ديمتري بيسكوف، صرح عقب القمة، بأنه لا توجد خطط.", [("RU", "reported")]),
    ("نقلت وكالة تاس الروسية عن المتحدث باسم الكرملين دميتري بيسكوف قوله إنه لا يعلم أين ستُجرى المحادثات.", [("RU", "reported")]),
    ("وبحسب مسؤول الكرملين، لا يوجد مؤتمر صحفي.", [("RU", "reported")]),
    ("ستعقد القمة الشهر المقبل، وفقا لوزارة الخارجية الصينية.", [("CN", "reported")]),
    ("وسط مخاوف الولايات المتحدة من تطوير علاقات عسكرية أوثق.", [("US", "narrated")]),
    ("زيارة رئيس كوريا الشمالية لروسيا يُثير قلق الولايات المتحدة", [("US", "narrated")]),
    ("بوتين: مستعدون للمساعدة", [("RU", "reported")]),
    ("لافروف من وونسان: ندعم خيار بيونغيانغ", [("RU", "reported")]),
    ("أما الصين فرحبت بكل تقارب يخدم الاستقرار.", [("CN", "narrated")]),
    ("واستخدمت روسيا حق النقض ضد مشروع القرار.", [("RU", "narrated")]),
    ("واستدعت وزارة الخارجية الكورية الجنوبية السفير الروسي.", [("KR", "narrated")]),
    ("و أعرب رئيس كوريا الجنوبية عن أسفه.", [("KR", "narrated")]),
    ("أكد الكرملين ان الزياره ستتم.وقال لافروف إنها مهمه.", [("RU", "reported"), ("RU", "reported")]),
    ("الرئيس #دونالد_ترمب قال إن الأمر عظيم.", [("US", "reported")]),
]


@pytest.mark.parametrize(("text", "expected"), CUES)
def test_cues(text: str, expected: list[tuple[str, str]]) -> None:
    """Verbs, participles, masdars, prepositions, nouns of position, acts and colons introduce statements."""
    assert said(text) == expected


SPEAKERS = [
    ("قال المتحدث باسم وزارة الخارجية الأمريكية ماثيو ميلر إن ذلك انتهاك.", ["US"]),
    ("قالت وزارة الخارجية في كوريا الجنوبية إن نائب الوزير ناقش الزيارة.", ["KR"]),
    ("وتقول واشنطن وسول إن روسيا زودت كوريا الشمالية بالخبرة.", ["KR+US"]),
    ("وقال السفير الروسي لدى الأمم المتحدة إن بلاده تلتزم بالقرارات.", ["RU"]),
    ("قال لي هايدوند، الأستاذ في جامعة الشؤون الخارجية الصينية، إن القلق مبالغ فيه.", ["CN"]),
    ("قال يانج جين، الباحث في معهد الدراسات الروسية في الأكاديمية الصينية للعلوم الاجتماعية، إن العلاقات أولوية.", ["CN"]),
    ("القوى الغربية، وعلى رأسها الولايات المتحدة، التي تتخوف من تنامي العلاقات.", ["US"]),
    ("قالت وزارة الدفاع الكورية الجنوبية إنها تتابع. وأضافت الوزارة أن الأمر خطير.", ["KR", "KR"]),
    ("قال لافروف إن الزيارة مهمة. وأضاف أن الاتفاق قريب.", ["RU", "RU"]),
    ("قال الزعيم الكوري الشمالي إنه سعيد.", ["KP"]),
    ("ذكرت صحيفة واشنطن بوست أن الصفقة وشيكة.", ["US"]),
    ("ذكرت قناة روسيا اليوم أن الصفقة وشيكة.", ["RU"]),
    ("قال نائب وزير الخارجية الكوري الجنوبي كيم هونغ-كيون إن بلاده قلقة. وقال كيم إن الأمر خطير.", ["KR", "KR"]),
    ("وأكدت تشوي سون هوي أن بلادها تدعم موسكو.", ["KP"]),
    ("قال لافروف إنه سعيد. وأكدت نظيرته الكورية الشمالية أن بلادها تدعم موسكو.", ["RU", "KP"]),
    ("وجاء في بيان الخارجية الصينية أن الجانبين تبادلا الآراء.", ["CN"]),
    ("لافروف من جهته ذكّر الصحفيين بأن سيول هي التي اخترعت القصة.", ["RU"]),
    ("وعلق المرشح الجمهوري دونالد ترامب قائلا: \"كنت أعرفه جيدا في ذلك الوقت\".", ["US"]),
    ("قالت واشنطن إنها قلقة. وفي بكين، جددت الخارجية معارضتها للعقوبات.", ["US", "CN"]),
    ("باحثة في الدراسات الكورية بمعهد الصين وآسيا المعاصرة في موسكو: «ليس زواجا بل عقد عمل»", ["RU"]),
    ("قالت شبكة سي.إن.إن الأميركية إن الطائرة ستشارك.", ["US"]),
]


@pytest.mark.parametrize(("text", "actors"), SPEAKERS)
def test_speakers(text: str, actors: list[str]) -> None:
    """Chains, offices, apposition, joint speakers, back-references and names that lie."""
    assert [actor for actor, _ in said(text)] == actors


NOBODY = [
    "وقال المبشِّرالأمريكي كينيث باي إنه أُجبر على العمل في مزرعة في كوريا الشمالية.",
    "وهي الدولة التي تتهم موسكو بالوقوف وراء عملية التسميم.",
    "يذكر أنه سبق أن زار بوتين كوريا الشمالية.",
    "وطلبت لندن من موسكو تقديم كل المعلومات حول البرنامج.",
    "اقرأ تفاصيل الزيارة إلى روسيا",
    "وتأتي القمة وسط المخاوف من أن البلدين يعملان على تعزيز التعاون العسكري.",
    "يعتقد المراقبون أن مخزون الأسلحة الروسية لم ينفد بعد.",
    "وتشكل أي صفقة أسلحة بين بيونج يانج وموسكو انتهاكا لقرارات مجلس الأمن.",
    "يذكر أن الزيارة هي الأولى لبوتين منذ 24 عاما.",
    "دعم روسيا في حربها",
    "قال الأمين العام للأمم المتحدة أنطونيو غوتيريش إن العالم قلق.",
    "وأكد الأمين العام للناتو مارك روته أن وحدات من كوريا الشمالية انتشرت في كورسك.",
    "وحذرت المقررة الخاصة للأمم المتحدة من أن إعادتهما قسرا قد تعرضهما للتعذيب في كوريا الشمالية.",
    "كما طالب الأمين العام للأمم المتحدة أنطونيو جوتيريش بيونج يانج بالكف عن الإطلاق.",
    "قالت وزارة الخارجية اليابانية إن الصاروخ سقط في البحر.",
    "اتهم الرئيس الأوكراني فولوديمير زيلينسكي روسيا بالكذب.",
    "بكين: لم تعلق على المضمون",
    "وصل بوتين إلى بيونغ يانغ يوم الأربعاء.",
]


@pytest.mark.parametrize("text", NOBODY)
def test_nobody_of_the_five_speaks(text: str) -> None:
    """Bare mentions, unattributed fears, observers and others are no statement of the five."""
    assert said(text) == []


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ('قالت "يونهاب" إنه "إذا وافق الزعيمان فإن ذلك سيشكل تحديا أمنيا كبيرا".', ["reported"]),
        ('صرح كيم بأن "الجيش والشعب الروسي سينتصران على قوى الشر".', ["direct"]),
        ('أكد كيم دعم بلاده "الكامل" لروسيا.', ["reported"]),
        ("تعهد كيم بالدعم الكامل لروسيا.", ["narrated"]),
        ("حذرت واشنطن من أن كوريا الشمالية ستدفع الثمن.", ["reported"]),
        ("أعربت سول عن قلقها من أن تسفر الزيارة عن تعاون.", ["narrated"]),
    ],
)
def test_kinds(text: str, kinds: list[str]) -> None:
    """A whole clause in quotation marks is direct; a clause under a cue reported; a position narrated."""
    assert [kind for _, kind in said(text)] == kinds


def test_a_quotation_runs_on_over_a_paragraph() -> None:
    """A quotation behind a colon at the end of a line belongs to the one before the colon."""
    assert said('وقال بوتين:\n"نثمن كثيرا دعمكم الدائم للسياسة الروسية".') == [("RU", "direct")]


def test_an_interview_is_read_by_its_turns() -> None:
    """The answers of an interview are direct statements of the one asked."""
    text = "حوار مع السفير الروسي في بيونغ يانغ عن التعاون بين البلدين\n"
    text += "س: هل تتعاونون؟\nج: نعم، وسنواصل ذلك.\nس: ومتى؟\nج: قريبا جدا كما أرجو."
    assert said(text) == [("RU", "direct"), ("RU", "direct")]


@pytest.mark.parametrize("mark", ["«{}»", "“{}”", '"{}"', "‘{}’", "”{}“", "„{}“"])
def test_every_quotation_mark(mark: str) -> None:
    """All pairs of marks that the press uses open and close an utterance."""
    words = mark.format("نحن نعارض بشكل قاطع فرض عقوبات جديدة")
    assert said(f"وأضاف لافروف: {words}.") == [("RU", "direct")]


@pytest.mark.parametrize(
    "text", ['قال بوتين: "لن نتراجع أبدا عن هذا', "قال بوتين: «لن نتراجع\n\nوأضاف شيئا", '"', "«««", '"قال" "', "قال"]
)
def test_broken_quotations_do_not_break(text: str) -> None:
    """A mark that is missing or alone is read past."""
    said(text)
