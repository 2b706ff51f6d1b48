"""The people and places of the article that Khabar was first asked to read; it stands beside the repository."""

import os
from functools import lru_cache
from pathlib import Path

import pytest

from khabar.reader import read_article
from khabar.record import Article, Entity, Record
from khabar.tagger import Tagger

SEED = Path(__file__).resolve().parents[3] / "shared" / "seed" / "haftar-moscow.txt"
pytestmark = pytest.mark.skipif(
    not SEED.exists() and not os.environ.get("CI"), reason="the seed article is not beside the repository"
)


@lru_cache(maxsize=2)
def record(fast: bool) -> Record:
    return read_article(Article(id="seed", text=SEED.read_text(encoding="utf-8")), None if fast else Tagger.load())


def holding(quote: str, fast: bool, kind: str | None = None) -> list[Entity]:
    return [
        e
        for e in record(fast).entities
        if any(m.quote == quote and m.kind == "name" for m in e.mentions) and (kind is None or e.type == kind)
    ]


@pytest.mark.parametrize("fast", [False, True], ids=["tagger", "fast"])
def test_haftar_is_one_person_with_all_his_titles(fast: bool) -> None:
    (haftar,) = holding("حفتر", fast)
    assert haftar.name == "خليفة حفتر"
    assert haftar.name_en == "Khalifa Haftar"
    assert haftar.country == "LBY"
    roles = " | ".join(haftar.roles)
    assert all(title in roles for title in ("قائد قوات شرق ليبيا", "المشير", "الجنرال"))


@pytest.mark.parametrize("fast", [False, True], ids=["tagger", "fast"])
def test_two_spellings_are_one_deputy_minister(fast: bool) -> None:
    (one,) = holding("يونس بيك يوفكيورف", fast)
    assert "يونس بك يفكيروف" in [m.quote for m in one.mentions]
    assert one.country == "RUS"
    assert "نائب وزير الدفاع الروسي" in one.roles


@pytest.mark.parametrize("fast", [False, True], ids=["tagger", "fast"])
@pytest.mark.parametrize("town", ["درنة", "سوسة", "المرج", "البيضاء", "بنغازي"])
def test_towns_are_in_libya(town: str, fast: bool) -> None:
    (place,) = holding(town, fast)
    assert place.country == "LBY"
    assert place.latitude is not None
    assert 31 < place.latitude < 34
    assert place.longitude is not None
    assert 19 < place.longitude < 23.5


@pytest.mark.parametrize("fast", [False, True], ids=["tagger", "fast"])
def test_moscow_acts_and_is_a_city(fast: bool) -> None:
    text = record(fast).text
    (country,) = holding("موسكو", fast, "country")
    (city,) = holding("موسكو", fast, "place")
    assert country.country == city.country == "RUS"
    assert any(text[: m.span[0]].endswith("تقيم ") for m in country.mentions)
    assert any(text[: m.span[0]].endswith("اجتماع في ") for m in city.mentions)
