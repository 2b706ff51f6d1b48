"""The gazetteer: what leads where, and what leads nowhere."""

import time

import pytest

from khabar.gazetteer import load
from khabar.gazetteer.forms import definite, nisba, spellings
from khabar.gazetteer.places import resolve
from khabar.script import fold


def entries(form: str) -> list[tuple[str, str]]:
    return [(e.kind, e.country) for e in load().named(fold(form))]


def test_it_loads_quickly() -> None:
    load.cache_clear()
    start = time.perf_counter()
    load()
    assert time.perf_counter() - start < 1.5  # 0.1 s where the machine is idle


@pytest.mark.parametrize(
    ("form", "kind", "country"),
    [("روسيا الاتحادية", "country", "RUS"), ("بنغازي", "town", "LBY"), ("قطاع غزة", "region", "PSE"),
     ("البحر الأحمر", "region", ""),     ("حزب الله", "organization", "LBN"),
     ("سيرغي لافروف", "person", "RUS"), ("عبدالفتاح السيسي", "person", "EGY")],
)  # fmt: skip
def test_known_names_lead_to_their_entry(form: str, kind: str, country: str) -> None:
    assert entries(form)[0] == (kind, country)


@pytest.mark.parametrize("word", ["بين", "دون", "ثورة", "الأحد", "الجمعة", "كان", "بيان", "سنة", "أنا", "المدينة", "محمد"])
def test_everyday_words_are_no_towns(word: str) -> None:
    assert [e for e in entries(word) if e[0] == "town"] == []


@pytest.mark.parametrize(
    ("form", "country"), [("الروسي", "RUS"), ("الروس", "RUS"), ("الليبيين", "LBY"), ("أميركية", "USA"), ("الكوري الشمالي", "PRK"),
     ("المغاربة", "MAR"), ("فرنسيون", "FRA")]
)  # fmt: skip
def test_adjectives_of_origin_lead_to_the_country(form: str, country: str) -> None:
    assert load().country_of(fold(form)) == country


def test_a_nisba_bends_by_rule() -> None:
    forms = dict(nisba("تركي", ["أتراك"]))
    assert forms["تركية"] == "adj"
    assert forms["أتراك"] == "plural"
    assert definite("كوري شمالي") == "الكوري الشمالي"
    assert set(spellings("عبد الله صالح")) == {"عبد الله صالح", "عبدالله صالح"}


@pytest.mark.parametrize(
    ("form", "context", "country"),
    [("طرابلس", {"LBY": 3.0}, "LBY"), ("طرابلس", {"LBN": 3.0}, "LBN"), ("سوسة", {"TUN": 4.0}, "TUN"),
     ("سوسة", {"LBY": 4.0}, "LBY"),     ("البيضاء", {"YEM": 4.0}, "YEM"), ("البيضاء", {"LBY": 4.0}, "LBY")],
)  # fmt: skip
def test_a_place_is_resolved_by_the_countries_an_article_speaks_of(form: str, context: dict[str, float], country: str) -> None:
    folded = fold(form)
    weak = frozenset(load().keys[folded].get("weak", ()))
    found = resolve(load().named(folded), weak, context)
    assert found is not None
    assert found.country == country
    assert found.latitude is not None
