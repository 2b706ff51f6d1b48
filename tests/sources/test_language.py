"""Arabic is told from other languages, those in Arabic script too."""

import pytest

from khabar.sources.language import foreign_language

ARABIC = [
    "قُتل ثلاثة",
    "عاجل",
    "باكستان",
    "وصل الوزير إلى العاصمة صباح الأحد، والتقى نظيره.",
    "أعلنت شركة Google أنها ستطلق خدمة YouTube Premium في السوق، وقال مديرها إن الاشتراك يبدأ في مارس.",
    "قال رئیس الوزراء إن الحکومة ستعقد اجتماعا في العاصمة، وإن البيان سيصدر بعد الجلسة على الأرجح.",  # Persian ya and kaf
    "اجتمع پوتين مع نظيره في ڤيينا، وقال المتحدث باسم الرئاسة إن اللقاء كان مثمرا.",
    "نشر الوزير: https://example.org/a/long/address/in/latin/letters و#وسم",
]
OTHERS = [
    ("Persian", "رئیس جمهور ایران روز یکشنبه در سفر به پایتخت با همتای خود دیدار و درباره روابط دو کشور گفتگو کرد."),
    ("Urdu", "وزیر خارجہ نے اتوار کے روز دارالحکومت میں اپنے ہم منصب سے ملاقات کی اور دو طرفہ تعلقات پر بات چیت کی۔"),
    ("English", "The foreign minister arrived in the capital on Sunday and met his counterpart."),
    ("French", "Le ministre des affaires étrangères est arrivé dimanche dans la capitale pour une visite de deux jours."),
    ("Turkish", "Dışişleri bakanı pazar günü başkente geldi ve mevkidaşıyla bir araya geldi."),
    ("Russian", "Министр иностранных дел прибыл в столицу в воскресенье и встретился со своим коллегой."),
    ("Hebrew", "שר החוץ הגיע לבירה ביום ראשון ונפגש עם עמיתו."),
    ("Pashto", "د بهرنیو چارو وزیر د یکشنبې په ورځ پلازمېنې ته ورسېد او له خپل سیال سره یې ولیدل."),
    ("Kurdish", "وەزیری دەرەوە ڕۆژی یەکشەممە گەیشتە پایتەخت و لەگەڵ هاوتاکەی کۆبووەوە."),
]


@pytest.mark.parametrize("text", ARABIC)
def test_arabic(text: str) -> None:
    assert foreign_language(text) is None


@pytest.mark.parametrize(("name", "text"), OTHERS)
def test_other_languages_are_named(name: str, text: str) -> None:
    found = foreign_language(text)
    assert found is not None
    assert name in found


def test_no_words() -> None:
    assert foreign_language("12 — 34 (!)") == ""
