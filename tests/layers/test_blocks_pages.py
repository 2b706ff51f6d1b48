"""Blocks of pages that were saved as text: title, outlet, timestamps, captions, headings and the site's furniture."""

import os
from pathlib import Path

import pytest

from khabar.layers import blocks
from khabar.layers.blocks import Page
from khabar.record import Article

P1 = "وصل وزير الخارجية إلى العاصمة صباح الأحد على رأس وفد يضم وزيري الدفاع والاقتصاد، في زيارة تستمر يومين."
P2 = "وقال الوزير في مؤتمر صحفي إن المحادثات تناولت فتح المعابر وإعادة الإعمار، وإن لجنة مشتركة ستجتمع قبل نهاية الشهر."
SEED = Path(__file__).parents[3] / "shared" / "seed" / "haftar-moscow.txt"


def read(text: str, **fields: str) -> tuple[Page, list[tuple[str, str]]]:
    found = blocks.find(Article(id="x", text=text, **fields))
    return found, [(b.kind, text[slice(*b.span)]) for b in found.blocks]


def test_a_saved_page() -> None:
    found, listed = read(
        f"""الرئيسية > أخبار > سياسة
وزير الخارجية يبدأ زيارة للعاصمة.. وإعادة الإعمار على الطاولة

الأفق نيوز
نُشر في: الأحد، 5 مايو/أيار 2024 - 14:05 بتوقيت مكة المكرمة
آخر تحديث: 5/5/2024 06:30 م (GMT+3)
شارك
فيسبوك تويتر واتساب

الوزير لدى وصوله إلى المطار (الأناضول)

{P1}

لجنة مشتركة قبل نهاية الشهر

{P2}

اقرأ أيضاً
عنوان خبر ذي صلة عن الإعمار

{P1}

مواضيع ذات صلة
خبر أول
خبر ثان

خبر ثالث
جميع الحقوق محفوظة
"""
    )
    assert [(kind, words[:20]) for kind, words in listed] == [
        ("furniture", "الرئيسية > أخبار > س"),
        ("title", "وزير الخارجية يبدأ ز"),
        ("byline", "الأفق نيوز"),
        ("timestamp", "نُشر في: الأحد، 5 ما"),
        ("timestamp", "آخر تحديث: 5/5/2024 "),
        ("furniture", "شارك"),
        ("furniture", "فيسبوك تويتر واتساب"),
        ("caption", "الوزير لدى وصوله إلى"),
        ("paragraph", P1[:20]),
        ("subhead", "لجنة مشتركة قبل نهاي"),
        ("paragraph", P2[:20]),
        ("furniture", "اقرأ أيضاً"),
        ("furniture", "عنوان خبر ذي صلة عن "),
        ("paragraph", P1[:20]),
        ("furniture", "مواضيع ذات صلة"),
        ("furniture", "خبر أول"),
        ("furniture", "خبر ثان"),
        ("furniture", "خبر ثالث"),
        ("furniture", "جميع الحقوق محفوظة"),
    ]
    assert found.title == "وزير الخارجية يبدأ زيارة للعاصمة.. وإعادة الإعمار على الطاولة"
    assert (found.outlet, found.published, found.updated) == (
        "الأفق نيوز",
        "2024-05-05T14:05:00+03:00",
        "2024-05-05T18:30:00+03:00",
    )


@pytest.mark.parametrize(
    ("stamp", "published", "updated"),
    [
        ("تم النشر: 2024/05/05 الساعة 21:15 بتوقيت غرينتش", "2024-05-05T21:15:00+00:00", None),
        ("نشر الأحد، 5 أيار / مايو 2024", "2024-05-05", None),
        ("نُشر: 13:27-5 مايو 2024 م ـ 26 شوال 1445 هـ", "2024-05-05T13:27:00", None),
        ("الأحد - 26 شوال 1445 هـ - 05 مايو 2024 مـ", "2024-05-05", None),
        ("الأحد 5/5/2024 12:33 م (بتوقيت القدس)", "2024-05-05T12:33:00", None),  # summer time is not known
        ("05-05-2024 | 09:12 ص", "2024-05-05T09:12:00", None),
        ("٥ مايو ٢٠٢٤ الساعة ١٢:٠٥ صباحا", "2024-05-05T00:05:00", None),
        ("May 5, 2024", "2024-05-05", None),
        ("5 ماي 2024 على الساعة 10:30", "2024-05-05T10:30:00", None),
        ("26 شوال 1445 هـ", "2024-05-05", None),
        ("تاريخ النشر: 4/5/2024 | آخر تحديث: 5/5/2024 08:10 بتوقيت تونس", "2024-05-04", "2024-05-05T08:10:00+01:00"),
        ("آخر تحديث 5 مايو 2024", None, "2024-05-05"),
        ("منذ ساعتين", None, None),
        ("تم النشر: 2024/02/31", None, None),
        ("تم النشر: 2024/05/05 الساعة 29:75", "2024-05-05", None),
    ],
)
def test_timestamps(stamp: str, published: str | None, updated: str | None) -> None:
    found, listed = read(f"وزير الخارجية يبدأ زيارة للعاصمة\n\n{stamp}\n\n{P1}\n\n{P2}\n")
    assert listed[1] == ("timestamp", stamp)
    assert (found.published, found.updated) == (published, updated)


@pytest.mark.parametrize(
    ("line", "author", "outlet", "published"),
    [
        ("كتب: سامي خليل | الأحد 05 مايو 2024 12:20 م", "سامي خليل", None, "2024-05-05T12:20:00"),
        ("بقلم رنا عيسى - 5 مايو 2024", "رنا عيسى", None, "2024-05-05"),
        ("القاهرة - رويترز | 5/5/2024", None, "رويترز", "2024-05-05"),
    ],
)
def test_a_byline_and_a_timestamp_on_one_line(line: str, author: str | None, outlet: str | None, published: str) -> None:
    found, listed = read(f"وزير الخارجية يبدأ زيارة للعاصمة\n\n{line}\n\n{P1}\n\n{P2}\n")
    assert [kind for kind, _ in listed] == ["title", "byline", "timestamp", "paragraph", "paragraph"]
    assert (found.author, found.outlet, found.published) == (author, outlet, published)


def test_the_site_and_its_sections_above_the_title() -> None:
    found, listed = read(
        "RT Arabic\nأخبار العالم\nتاريخ النشر: 05.05.2024 | 09:32 GMT\n"
        f"الوزير يبدأ زيارته\nالوزير يبدأ زيارته\nتابعوا RT على\n{P1}\n\n{P2}\n"
    )
    assert [kind for kind, _ in listed] == [
        "byline", "furniture", "timestamp", "title", "furniture", "furniture", "paragraph", "paragraph",
    ]  # fmt: skip
    assert (found.title, found.outlet, found.published) == ("الوزير يبدأ زيارته", "RT Arabic", "2024-05-05T09:32:00+00:00")


def test_what_an_agency_signs_with() -> None:
    found, listed = read(
        f"الوزير يبدأ زيارته\nمن وليد فهمي\n\nبغداد 5 مايو أيار (رويترز) - {P1}\n\n{P2}\n\n(إعداد سامي عطا - تحرير رنا عيسى)\n"
    )
    assert [kind for kind, _ in listed] == ["title", "byline", "byline", "paragraph", "paragraph", "byline"]
    assert (found.author, found.dateline) == ("وليد فهمي", "بغداد")
    text = f"الوزير يبدأ زيارته\nمن وليد فهمي\n\nبغداد 5 مايو أيار (رويترز) - {P1}\n\n{P2}\n\n(إعداد سامي عطا - تحرير رنا عيسى)\n"
    assert [text[a:b] for a, b in found.readable][1] == "بغداد 5 مايو أيار"  # place and day are news
    found, listed = read(f"الوزير يبدأ زيارته\n\nبغداد: «الشرق الأوسط»\n\n{P1}\n")
    assert listed[1] == ("byline", "بغداد: «الشرق الأوسط»")
    assert (found.outlet, found.dateline) == ("الشرق الأوسط", "بغداد")


def test_a_section_is_no_outlet() -> None:
    found, listed = read(f"الوزير يبدأ زيارته\nالشرق الأوسط\nنشر الأحد، 05 مايو / أيار 2024\n3 دقائق قراءة\n\n{P1}\n\n{P2}\n")
    assert [kind for kind, _ in listed] == ["title", "furniture", "timestamp", "furniture", "paragraph", "paragraph"]
    assert found.outlet is None


def test_a_short_paragraph_that_opens_like_a_button() -> None:
    for text in ("تابعوا المباراة من المدرجات وسط إجراءات أمنية مشددة.", "تخطى عدد القتلى المئة، بحسب آخر حصيلة."):
        assert read(f"عنوان طويل عن المباراة\n\n{P1}\n\n{text}\n\n{P2}\n")[1][2] == ("paragraph", text)


@pytest.mark.parametrize(
    "caption",
    [
        "الوزيران قبيل المحادثات/ منصات التواصل",
        "الوفد في قاعة الاجتماعات - أ ف ب",
        "موظفو الإغاثة يوزعون المساعدات في المخيم (غيتي)",
        "قافلة المساعدات على الطريق الساحلي (أرشيف - رويترز)",
        "آثار القصف على المبنى | الأناضول",
        "صورة أرشيفية لمقر البرلمان",
        "لقطة من الفيديو المتداول",
    ],
)
def test_captions(caption: str) -> None:
    _, listed = read(f"وزير الخارجية يبدأ زيارة للعاصمة\n\n{P1}\n\n{caption}\n\n{P2}\n")
    assert listed[2] == ("caption", caption)


def test_pictures_in_a_row() -> None:
    _, listed = read(f"عنوان عن الفيضانات\n\n{P1}\n\nالمدينة الهلال الأحمر\nشارع غمرته المياه – رويترز\n\n{P2}\n")
    assert listed[2:4] == [("caption", "المدينة الهلال الأحمر"), ("caption", "شارع غمرته المياه – رويترز")]


def test_a_body_without_a_title() -> None:
    found, listed = read(f"{P1}\n{P2}\n")
    assert listed == [("paragraph", P1), ("paragraph", P2)]
    assert found.title is None
    found, listed = read(f"الرياض - واس\n{P1}\n{P2}\n")
    assert listed[0] == ("byline", "الرياض - واس")
    assert found.title is None


def test_the_page_knows_its_own_date_better() -> None:
    text = f"وزير الخارجية يبدأ زيارة للعاصمة\n\nتم النشر: 2024/05/05\n\n{P1}\n"
    assert read(text, published="2020-01-01")[0].published == "2024-05-05"
    assert read(text.replace("تم النشر: 2024/05/05", ""), published="2020-01-01")[0].published == "2020-01-01"


@pytest.mark.skipif(not SEED.exists() and not os.environ.get("CI"), reason="the seed article stands beside the repository")
def test_the_seed() -> None:
    found, listed = read(SEED.read_text(encoding="utf-8"))
    assert [kind for kind, _ in listed].count("caption") == 5
    assert [words.split()[0] for kind, words in listed if kind == "subhead"] == ["نائب", "روسيا", "وفد"]
    assert [words for kind, words in listed if kind == "furniture"] == ["تحميل المزيد"]
    assert [kind for kind, _ in listed][:5] == ["title", "byline", "timestamp", "timestamp", "caption"]
    assert [kind for kind, _ in listed].count("paragraph") == 13
    assert (found.outlet, found.author) == ("عربي بوست", None)
    assert (found.published, found.updated) == ("2023-09-26T21:15:00+00:00", "2023-09-26T21:55:00+00:00")
