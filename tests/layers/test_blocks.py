"""Blocks of bodies that came as a field of their own: what is taken off the text, and what must not be."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.layers import blocks
from khabar.layers.blocks import Page
from khabar.record import Article

NEWS = "أعلنت وزارة الصحة أن الفرق الطبية نقلت المصابين إلى المستشفى القريب، وأن حالة اثنين منهم حرجة، وأن التحقيق بدأ فورا."


def page(body: str, title: str = "عنوان الخبر", **fields: str) -> tuple[Page, list[tuple[str, str]]]:
    text = f"{title}\n{body}" if title else body
    found = blocks.find(Article(id="x", text=text, titled=bool(title), title=title or None, **fields))
    return found, [(b.kind, text[slice(*b.span)]) for b in found.blocks]


def kinds(body: str, **fields: str) -> list[tuple[str, str]]:
    return page(body, **fields)[1][1:]


def test_lines_are_paragraphs() -> None:
    found, listed = page(f" {NEWS}\n\n  \u00a0\n{NEWS} ")
    assert listed == [("title", "عنوان الخبر"), ("paragraph", NEWS), ("paragraph", NEWS)]
    assert found.title == "عنوان الخبر"
    assert (found.author, found.outlet, found.dateline, found.published) == (None, None, None, None)


@pytest.mark.parametrize(
    ("opening", "author", "outlet", "dateline"),
    [
        ("سامي الحربي- سبق- مكة المكرمة: ", "سامي الحربي", "سبق", "مكة المكرمة"),
        ("عبدالله القحطاني سبق-الرياض: ", "عبدالله القحطاني", "سبق", "الرياض"),
        ("سبق- وكالات: ", None, "سبق", None),
        ("أيمن رشدي– سبق: ", "أيمن رشدي", "سبق", None),
        ("نادر الشهري - سبق - طريف :", "نادر الشهري", "سبق", "طريف"),  # a town that is on no list
        ("واس - عمان :", None, "واس", "عمان"),
        ("أ ف ب- أبوظبي: ", None, "أ ف ب", "أبوظبي"),
        ("الدوحة ـ ", None, None, "الدوحة"),
        ("القاهرة - ", None, None, "القاهرة"),
        ("القاهرة - د ب أ - ", None, "د ب أ", "القاهرة"),
        ("صنعاء / سبأ: ", None, "سبأ", "صنعاء"),
        ("بيروت (رويترز) - ", None, None, "بيروت"),
        ("لندن: ", None, None, "لندن"),
        ("وكالات: ", None, None, None),
        ("سبق أبها : ", None, "سبق", "أبها"),
        ("سبق– متابعة: ", None, "سبق", None),
        ("ظافر الهلالي- سبق- بلقرن: ", "ظافر الهلالي", "سبق", "بلقرن"),  # neither the name nor the town is on a list
        ("رويترز- لونبورغ (ألمانيا): ", None, "رويترز", "لونبورغ"),
        ("عين اليوم – متابعات ", None, "عين اليوم", None),
        ("داليا الشامي – عين اليوم ", "داليا الشامي", "عين اليوم", None),
        ("سارة الأحمدي - جدة ", "سارة الأحمدي", None, "جدة"),
    ],
)
def test_a_byline_that_opens_a_paragraph_is_parted_from_it(
    opening: str, author: str | None, outlet: str | None, dateline: str | None
) -> None:
    found, listed = page(opening + NEWS)
    assert listed[1:] == [("byline", opening.strip()), ("paragraph", NEWS)]
    assert (found.author, found.dateline) == (author, dateline)
    if outlet:
        assert found.outlet == outlet


@pytest.mark.parametrize(
    "text",
    [
        "قال وزير الخارجية: إن الزيارة ناجحة، وإن الاتفاق سيوقع قريبا في العاصمة بحضور الوفدين.",
        "المقاومة في جنوب البلاد - الجناح العسكري: مقاتلونا أسقطوا طائرة مسيّرة فجر الأحد وعادوا.",
        "مباراة الرياض - جدة: انتهت بالتعادل بعد شوط إضافي وسط حضور جماهيري كبير في الملعب.",
        "باريس سان جيرمان يفوز على ضيفه في المباراة النهائية التي أقيمت مساء السبت أمام جمهوره.",
        "في الرياض - حيث اجتمع الوزراء - صدر بيان ختامي يدعو إلى وقف القتال وإدخال المساعدات.",
        "اليوم: انطلاق الانتخابات في ثلاث محافظات وسط إجراءات أمنية مشددة ومراقبة دولية واسعة.",
        "بغداد - أربيل: خلاف متجدد على النفط والموازنة بعد جولة محادثات لم تنته إلى أي اتفاق.",
        "الأمم المتحدة: 12 قتيلا في الهجوم الذي استهدف قافلة المساعدات قرب المدينة أمس الأول.",
        "حصيلة الهجوم - 12 قتيلا و30 جريحا، بحسب ما أعلنت وزارة الصحة في بيان نشرته السبت.",
    ],
)
def test_an_opening_that_is_news_stays(text: str) -> None:
    assert kinds(text) == [("paragraph", text)]


@pytest.mark.parametrize(
    ("line", "author", "outlet", "dateline"),
    [
        ("خالد المطيري ـ عنيزة", "خالد المطيري", None, "عنيزة"),
        ("عين اليوم – جدة", None, "عين اليوم", "جدة"),
        ("نايف السالمي – عين اليوم", "نايف السالمي", "عين اليوم", None),
        ("علي الشهري – القنفذة", "علي الشهري", None, "القنفذة"),
        ("بقلم: سمير عطية", "سمير عطية", None, None),
        ("كتب - هاني الأسمر", "هاني الأسمر", None, None),
        ("حوار ـ منير الخطيب", "منير الخطيب", None, None),
        ("الرياض - أحمد الشمري", "أحمد الشمري", None, "الرياض"),
        ("ناصر بن حمد العتيق", "ناصر بن حمد العتيق", None, None),
        ("(وكالات)", None, None, None),
        ("مهند العلي – جدة (تصوير: سامي غانم)", "مهند العلي", None, "جدة"),
        ("رصد وتصوير: وليد حجازي – عين اليوم", "وليد حجازي", "عين اليوم", None),
        ("عين اليوم – أتلانتا، أمريكا", None, "عين اليوم", "أتلانتا"),
    ],
)
def test_a_byline_on_the_first_line(line: str, author: str | None, outlet: str | None, dateline: str | None) -> None:
    found, listed = page(f"{line}\n{NEWS}\n{NEWS}")
    assert listed[1] == ("byline", line)
    assert (found.author, found.outlet, found.dateline) == (author, outlet, dateline)


def test_a_name_that_the_text_speaks_of_is_no_byline() -> None:
    assert kinds(f"خالد المطيري\nوقال المطيري: {NEWS}")[0][0] not in ("byline", "furniture")


@pytest.mark.parametrize("line", ["وزير الصحة، سامر عطية", "الوزير يكرم الفائزين (اليوم)", "على الحب / يا قلب شيخنا", "عنيزة"])
def test_a_first_line_that_is_no_byline(line: str) -> None:
    assert kinds(f"{line}\n{NEWS}\n{NEWS}")[0][0] in ("caption", "subhead")


def test_the_place_of_a_byline_is_read() -> None:
    body = f"سبق- تبوك: {NEWS}"
    found, _ = page(body)
    text = f"عنوان الخبر\n{body}"
    assert [text[a:b] for a, b in found.readable] == ["عنوان الخبر", "تبوك", NEWS]


def test_an_agency_dateline_with_its_day_is_read() -> None:
    first = "عمّان 5 جمادى الآخرة 1437 هـ الموافق 14 مارس 2016 م واس"
    found, listed = page(f"{first}\n {NEWS}\n // انتهى //\n 14:58 ت م")
    assert listed[1:] == [("paragraph", first), ("paragraph", NEWS), ("furniture", "// انتهى //"), ("timestamp", "14:58 ت م")]
    assert (found.dateline, found.published) == ("عمّان", "2016-03-14")


def test_what_the_source_gives_comes_first() -> None:
    found, _ = page(f"ليث حداد- سبق- جدة: {NEWS}", author="هيئة التحرير", outlet="sabq", published="2015-07-21 10:39:05")
    assert (found.author, found.outlet, found.published) == ("هيئة التحرير", "sabq", "2015-07-21T10:39:05")


@pytest.mark.parametrize(
    ("given", "iso"),
    [
        ("2017-01-21T23:43:00+01:00", "2017-01-21T23:43:00+01:00"),
        ("16/4/2024 - 15:23", "2024-04-16T15:23:00"),
        ("16 أبريل 2024", "2024-04-16"),
        ("الثلاثاء، 16 نيسان 2024 - 3:05 م", "2024-04-16T15:05:00"),
        ("2024-02-31", None),
        ("31 فبراير 2024", None),
        ("99999-01-01", None),
        ("غدا", None),
    ],
)
def test_dates_are_normalised(given: str, iso: str | None) -> None:
    found, _ = page(NEWS, published=given, updated=given)
    assert (found.published, found.updated) == (iso, iso)


@pytest.mark.parametrize(
    ("tail", "kind"),
    [
        ("رابط الخبر بصحيفة الأفق: عنوان الخبر نفسه", "furniture"),
        ("اقرأ أيضاً: عنوان خبر آخر", "furniture"),
        ("شاهد أيضا", "furniture"),
        ("تابعونا على تلغرام", "furniture"),
        ("جميع الحقوق محفوظة © 2024", "furniture"),
        ("تحميل المزيد", "furniture"),
        ("***", "furniture"),
        ("فيسبوك تويتر واتساب", "furniture"),
        ("الأفق صحيفة إلكترونية مستقلة تأسست عام 2009 في عمّان", "furniture"),
        ("للتواصل أرسل رسالة إلى 88548", "furniture"),
        ("writer@example.org", "byline"),
        ("نقلها إلى العربية: سهى عواد", "byline"),
        ("المصدر: رويترز", "byline"),
        ("- أ ف ب -", "byline"),
        ("آخر تحديث: 3/9/2024 - 08:10", "timestamp"),
    ],
)
def test_the_end_of_a_body(tail: str, kind: str) -> None:
    assert kinds(f"{NEWS}\n{NEWS}\n{tail}") == [("paragraph", NEWS), ("paragraph", NEWS), (kind, tail)]


def test_keywords_hung_on_the_last_paragraph() -> None:
    assert kinds(f"{NEWS}\n{NEWS} سمات المستشفى وزارة الصحة") == [
        ("paragraph", NEWS),
        ("paragraph", NEWS),
        ("furniture", "سمات المستشفى وزارة الصحة"),
    ]
    traits = NEWS.rstrip(".") + " وهي من سمات القيادة"
    assert kinds(traits) == [("paragraph", traits)]


def test_buttons_before_the_first_words() -> None:
    assert kinds(f"Next Previous فهد العمري – عين اليوم\n{NEWS}") == [
        ("furniture", "Next Previous"),
        ("byline", "فهد العمري – عين اليوم"),
        ("paragraph", NEWS),
    ]
    assert kinds(f"شارك من خلال تويتر فيسبوك {NEWS}") == [("furniture", "شارك من خلال تويتر فيسبوك"), ("paragraph", NEWS)]
    platform = "تويتر أعلنت أنها ستغلق آلاف الحسابات التي نشرت معلومات مضللة عن الوباء خلال الشهر الماضي."
    assert kinds(platform) == [("paragraph", platform)]


def test_an_embedded_post_is_text() -> None:
    post = "شاهد| لحظة وصول القافلة إلى المعبر #غزة pic.twitter.com/AbCdEf123"
    assert ("paragraph", post) in kinds(f"{NEWS}\n{post}\n{NEWS}")
    assert ("paragraph", post) in kinds(f"{NEWS}\n{post}")


@pytest.mark.parametrize(
    "middle",
    ["10 أغسطس 2015", "وقال في تصريح:", "- مقتل 3 جنود", "1. وقف القتال", "بيروت", "12 قتيلا", "محمد سالم، 34 عاما"],
)
def test_short_lines_in_the_middle_are_read(middle: str) -> None:
    body = f"{NEWS}\n{middle}\n{NEWS}"
    text = f"عنوان الخبر\n{body}"
    found, _ = page(body)
    assert middle in [text[a:b] for a, b in found.readable]


def test_subheads_and_captions() -> None:
    caption, head = "جانب من اجتماع الوزراء", "تباين في الروايات"
    assert kinds(f"{caption}\n{NEWS}\n \u00a0{head}\n {NEWS}") == [
        ("caption", caption),
        ("paragraph", NEWS),
        ("subhead", head),
        ("paragraph", NEWS),
    ]


WORDS = (
    "سبق", " - ", "جدة", ": ", "\n", "\n\n", " ـ ", "محمد العلي", "تم النشر", "2024/02/31", " 21:15 ", "بتوقيت غرينتش",
    "(رويترز)", "***", "اقرأ أيضاً", "سمات", ".", "Next Previous", "a@b.co",
    "\u200f", "ﷺ", "ـــ", "\u0651", "\0", "\x85", "99999/1/1", "شوال 1436 هـ",
    NEWS,
)  # fmt: skip
PIECES = st.sampled_from(WORDS)


@given(st.lists(PIECES, max_size=25).map("".join) | st.text(max_size=200), st.booleans(), st.text(max_size=10))
def test_any_text_gives_blocks_in_order(body: str, titled: bool, title: str) -> None:
    titled = titled and bool(title)
    text = f"{title}\n{body}" if titled else body
    found = blocks.find(Article(id="x", text=text, titled=titled, title=title if titled else None, published=body[:40] or None))
    at = 0
    for block in found.blocks:
        start, end = block.span
        assert at <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        at = end
    covered = "".join(text[a:b] for a, b in (b.span for b in found.blocks))
    assert "".join(covered.split()) == "".join(c for c in "".join(text.split()) if c in covered)
    assert found.readable == sorted(found.readable)
    again = blocks.find(Article(id="x", text=text, titled=titled, title=title if titled else None, published=body[:40] or None))
    assert again == found


@pytest.mark.parametrize(
    "line", ["أ" + " " * 240 + "ب", "( " * 120, "1 " * 120, "محمد - " * 35, "5 مايو " * 35, "شارك " * 50, ". سمات " * 35]
)
def test_no_line_takes_long(line: str) -> None:
    start = time.perf_counter()
    kinds(f"{line}\n" * 20)
    assert time.perf_counter() - start < 1
