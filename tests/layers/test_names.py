"""Names without a tagger: known names, titles, heads, people. The sentences are ours."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khabar.layers import names
from khabar.script import Text


def found(sentence: str) -> list[tuple[str, str]]:
    return [(n.type, sentence[slice(*n.span)]) for n in names.find(Text(sentence), None)]


def roles(sentence: str) -> dict[str, list[str]]:
    text = Text(sentence)
    return {text.quote(n.span): [text.quote(r) for r in n.roles] for n in names.find(text, None) if n.roles}


@pytest.mark.parametrize(
    ("sentence", "mention"),
    [
        ("وصل لافروف إلى بغداد", ("person", "لافروف")),
        ("وصل لافروف إلى بغداد", ("place", "بغداد")),
        ("سلمت الرسالة لحفتر مساء", ("person", "حفتر")),
        ("رد الوفد على مقترح للأمم المتحدة", ("organization", "أمم المتحدة")),
        ("نشرت صحيفة الغارديان البريطانية الخبر", ("organization", "الغارديان")),
        ("هاجم تنظيم داعش القرية", ("organization", "داعش")),
        ("أعلنت وزارة الزراعة والري العراقية الحصيلة", ("organization", "وزارة الزراعة والري العراقية")),
        ("قصفت الطائرات مخيم جباليا ليلا", ("place", "مخيم جباليا")),
        ("زار محافظة الأنبار وفد", ("place", "الأنبار")),
        ("انسحبت القوات الروسية من البلدة", ("group", "القوات الروسية")),
        ("قال مسؤولون أميركيون إن السفينة غرقت", ("group", "مسؤولون أميركيون")),
        ("أصيب 46 شخصا في الحادث", ("group", "شخصا")),
        ("وقال مصدر أمني إن الطريق أغلق", ("person", "مصدر أمني")),
        ("تضامنت الشعوب مع الليبيين", ("group", "الليبيين")),
        ("أسفر القصف عن مقتل أربعة سوريين", ("group", "سوريين")),
        ("طاردت الدورية الجماعات الإرهابية ليلا", ("group", "الجماعات الإرهابية")),
        ("فرقت الشرطة الطلاب المحتجين ظهرا", ("group", "الطلاب المحتجين")),
        ("اجتمع وزراء الشباب والرياضة أمس", ("group", "وزراء الشباب والرياضة")),
        ("قال أحد المهاجمين إنه نادم", ("person", "أحد المهاجمين")),
        ("نشرت صحيفة كرنوبي المقربة من الحزب الخبر", ("organization", "كرنوبي")),
        ('علمت "الوئام" من مصادرها', ("organization", "الوئام")),
        ("نقل الجرحى إلى مستشفى الأمير فهد بن سعد", ("place", "مستشفى الأمير فهد بن سعد")),
        ("أعلن الرئيس الفرنسي حالة الطوارئ", ("person", "الرئيس الفرنسي")),
        ("سافر المهندس سالم بن علي الكحيل أمس", ("person", "سالم بن علي الكحيل")),
        ("رحب الوزير بجهود موريتانيا", ("person", "الوزير")),
        ("أبلغ مسؤول عسكري لوكالة فرانس برس ذلك", ("person", "مسؤول عسكري")),
    ],
)
def test_a_mention_is_found_without_title_and_clitic(sentence: str, mention: tuple[str, str]) -> None:
    assert mention in found(sentence)


@pytest.mark.parametrize(
    ("sentence", "name", "role"),
    [
        ("استقبل وزير الخارجية الروسي سيرغي لافروف الضيف", "سيرغي لافروف", "وزير الخارجية الروسي"),
        ("وصرح العميد خالد الجهني بذلك", "خالد الجهني", "العميد"),
        ("قال المتحدث باسم وزارة الصحة أشرف القدرة إن العدد ارتفع", "أشرف القدرة", "المتحدث باسم وزارة الصحة"),
        ("وصل قائد قوات شرق ليبيا، خليفة حفتر، إلى القاهرة", "خليفة حفتر", "قائد قوات شرق ليبيا"),
        ("وقال مدير الشرطة فهد المفرج إن الحي آمن", "فهد المفرج", "مدير الشرطة"),
        ("زار الأمير ماجد بن سعد أمير منطقة تبوك المعرض", "ماجد بن سعد", "أمير منطقة تبوك"),
        ("شكر صاحب السمو الملكي الأمير خالد بن ماجد الحضور", "خالد بن ماجد", "صاحب السمو الملكي الأمير"),
        ("تهنئة لخادم الحرمين الشريفين الملك سلمان بن عبدالعزيز", "سلمان بن عبدالعزيز", "خادم الحرمين الشريفين الملك"),
    ],
)
def test_titles_are_roles(sentence: str, name: str, role: str) -> None:
    assert role in roles(sentence)[name]


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("قالت موسكو إنها سترد", "country"),
        ("الحوار بين دمشق وموسكو مستمر", "country"),
        ("عقد الاجتماع في موسكو أمس", "place"),
        ("انفجار بموسكو", "place"),
    ],
)
def test_a_capital_acts_or_is_a_town(sentence: str, kind: str) -> None:
    assert (kind, "موسكو") in found(sentence)


@pytest.mark.parametrize(
    "sentence", ["جلس بين الناس دون كلام", "اندلعت ثورة يوم الأحد", "التعاون العسكري والاقتصادي مهم", "حركة المرور بطيئة اليوم"]
)
def test_everyday_words_name_nothing(sentence: str) -> None:
    assert found(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "full"),
    [("قتل 3 جنود في الكمين", "3 جنود"), ("أصيب ألف شرطي", "ألف شرطي"), ("وجرح 5 آخرون", "5 آخرون"),
     ("زار مدينة حلب وفد", "مدينة حلب"), ("أعلنت شركة كرنوبي الجديدة ذلك", "شركة كرنوبي")],
)  # fmt: skip
def test_number_and_head_belong_to_the_full_name(sentence: str, full: str) -> None:
    text = Text(sentence)
    assert full in {text.quote(n.full) for n in names.find(text, None) if n.full}


def test_a_surname_is_known_after_the_full_name() -> None:
    assert ("person", "الجهني") in found("وصل خالد الجهني مساء. وأضاف الجهني أن الطريق سالك.")


def test_nisba_adjectives_name_their_country() -> None:
    text = Text("استمر العدوان الإسرائيلي أياما")
    (name,) = [n for n in names.find(text, None) if n.type == "country"]
    assert (name.kind, name.head) == ("nominal", "act")


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="ابتلمنوية الرئيسوزير محمد عليحزب،.\"'«»()\n 0123٣abـَ\u200f", max_size=120))
def test_any_text_gives_spans_inside_it(raw: str) -> None:
    text = Text(raw)
    for name in names.find(text, None):
        assert 0 <= name.span[0] < name.span[1] <= len(raw)
        for role in name.roles:
            assert 0 <= role[0] < role[1] <= len(raw)
    assert names.find(text, None) == names.find(Text(raw), None)
