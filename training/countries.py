"""Which place names are countries: the names of CLDR, and those that the press uses beside them."""

from __future__ import annotations

import functools

from babel import Locale

from khabar.script import fold, partings

ALSO = """السعودية الإمارات أمريكا أميركا الولايات_المتحدة الولايات_المتحدة_الأميركية الولايات_المتحدة_الأمريكية بريطانيا
إنجلترا انكلترا
إنكلترا المملكة_المتحدة إسكتلندا اسكتلندا ويلز فلسطين الأراضي_الفلسطينية كوريا_الشمالية كوريا_الجنوبية كوريا الكونغو
الكونغو_الديمقراطية ساحل_العاج
الجمهورية_العربية_السورية سورية الاتحاد_السوفيتي الاتحاد_السوفياتي يوغوسلافيا تشيكيا التشيك بورما ميانمار هولندا تركيا صربيا
الصرب المانيا_الغربية
ألمانيا_الشرقية تشيكوسلوفاكيا مقدونيا البوسنة الهند كوسوفو تايوان الفاتيكان أبخازيا أوسيتيا_الجنوبية الصحراء_الغربية
المملكة_العربية_السعودية
دولة_الإمارات دولة_الإمارات_العربية_المتحدة دولة_قطر دولة_الكويت مملكة_البحرين سلطنة_عمان المملكة_الأردنية_الهاشمية
المملكة_المغربية
جمهورية_مصر_العربية الجمهورية_اليمنية الجمهورية_الإسلامية_الإيرانية جمهورية_إيران_الإسلامية جمهورية_العراق الجماهيرية
الجماهيرية_الليبية
دولة_فلسطين الجمهورية_التونسية الجمهورية_اللبنانية الجمهورية_العربية_اليمنية الجزائر تشاد مالي النيجر جنوب_السودان جنوب_أفريقيا
جنوب_إفريقيا
الاحتلال اسرائيل إسرائيل الكيان_الصهيوني"""


@functools.cache
def countries() -> frozenset[str]:
    """Folded names of countries."""
    names = {name for code, name in Locale("ar").territories.items() if len(code) == 2 and code not in ("EU", "UN", "EZ", "ZZ")}
    return frozenset(fold(name.replace("_", " ")) for name in [*names, *ALSO.split()])


def is_country(words: list[str]) -> bool:
    """Whether the words of a name, clitics at its beginning included, are a country's name."""
    form = fold(" ".join(words))
    if form in countries():
        return True
    for parting in partings(form):
        if parting.stem in countries() or (parting.article and "ال" + parting.stem in countries()):
            return True
    return False
