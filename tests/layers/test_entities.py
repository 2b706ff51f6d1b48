"""Entities: what is joined, what is kept apart, where places lie. The sentences are ours."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khabar.layers import entities, names
from khabar.layers.entities.keys import skeleton
from khabar.layers.entities.persons import same_person, short_of
from khabar.record import Entity
from khabar.script import Text


def read(raw: str, outlet: str | None = None) -> list[Entity]:
    text = Text(raw)
    return entities.join(text, names.find(text, None), outlet)


def holding(found: list[Entity], quote: str) -> Entity:
    (entity,) = [e for e in found if any(m.quote == quote for m in e.mentions)]
    return entity


def test_full_and_short_names_and_descriptions_are_one_person() -> None:
    found = read("التقى وزير الخارجية الروسي سيرغي لافروف نظيره. وقال لافروف إن الحوار مفيد. وأكد الوزير الروسي ذلك.")
    person = holding(found, "لافروف")
    assert person.name == "سيرغي لافروف"
    assert person.name_en == "Sergey Lavrov"
    assert person.country == "RUS"
    assert "وزير الخارجية الروسي" in person.roles


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("يونس بيك يوفكيورف", "يونس بك يفكيروف", True), ("محمد علي", "محمود علي", False),
     ("محمد بن سلمان", "محمد بن سلمان بن عبدالعزيز", True),
     ("عبد الله الربيعة", "عبدالله بن عبدالعزيز الربيعة", True), ("جون كيري", "جون ماكين", False)],
)  # fmt: skip
def test_spellings_of_one_name(one: str, other: str, same: bool) -> None:
    assert same_person(one, other) is same


def test_short_names_are_the_last_words() -> None:
    assert short_of("نصر الله", "حسن نصر الله")
    assert not short_of("حسن", "حسن نصر الله")
    assert not short_of("سعد بن فهد", "ناصر بن سعد بن فهد")
    assert not same_person("سعد بن فهد", "ناصر بن سعد بن فهد")
    assert short_of("بن سعد", "ناصر بن سعد")
    assert skeleton("سيرجي") == skeleton("سيرغي")


def test_acronym_and_long_form_in_brackets_are_one() -> None:
    found = read("أعلن مكتب الأمم المتحدة لتنسيق الشؤون الإنسانية (أوتشا) الحصيلة")
    assert [e.name for e in found if e.type == "organization"] == ["مكتب الأمم المتحدة لتنسيق الشؤون الإنسانية"]


def test_short_and_long_names_of_an_organisation_are_one() -> None:
    found = read("وقالت هيئة شؤون الكهرباء اليمنية إن التيار عاد. وأضافت هيئة شؤون الكهرباء أن الخط أصلح.")
    assert len({e.id for e in found if e.type == "organization"}) == 1


@pytest.mark.parametrize(
    ("short", "one"),
    [("السلطات", True), ("السلطات المغربية", True), ("السلطات المحلية", False)],
)
def test_a_group_named_by_its_head_is_the_longer_named_one_unless_it_is_described_otherwise(short: str, one: bool) -> None:
    text = Text(f"قالت السلطات المغربية إن الطريق مغلق. ثم فتحت {short} الطريق.")
    second = text.raw.rindex(short)
    spans = [(5, 21), (second, second + len("السلطات"))]
    groups = [names.Name(span=span, type="group") for span in spans]
    assert len(entities.join(text, groups, None)) == (1 if one else 2)


def test_a_name_and_the_name_with_its_head_are_mentions_of_one_place() -> None:
    found = read("زار الوفد مدينة حلب مساء. وتقع حلب في الشمال.")
    place = holding(found, "مدينة حلب")
    assert {m.quote for m in place.mentions} == {"مدينة حلب", "حلب"}
    assert place.name == "حلب"


@pytest.mark.parametrize(
    ("raw", "short", "long"),
    [("انسحبت قوات الاحتلال الإسرائيلي. ثم عادت قوات الاحتلال ليلا.", "قوات الاحتلال", "قوات الاحتلال الإسرائيلي"),
     ("أعلنت الحكومة السويدية خطة. وقالت الحكومة إنها جاهزة.", "الحكومة", "الحكومة السويدية"),
     ("أوقفت الدورية شابا. وقال شاب فلسطيني ذلك، ثم غادر الشاب.", "الشاب", "شاب فلسطيني")],
)  # fmt: skip
def test_a_shorter_description_is_the_one_longer_one_that_it_begins(raw: str, short: str, long: str) -> None:
    assert holding(read(raw), short) is not None
    assert {short, long} <= {m.quote for m in holding(read(raw), short).mentions}


@pytest.mark.parametrize(
    ("raw", "country"),
    [("تقدمت المملكة في القائمة على البحرين ثم الكويت وعمان", None),
     ("قال ملك المغرب إن المملكة ماضية في الحوار. وأضاف المغرب أنه يرحب بفرنسا.", "MAR"),
     ("احتفلت البحرين أمس. وقالت المملكة إنها ترحب بالضيوف.", "BHR")],
)  # fmt: skip
def test_the_kingdom_is_one_that_the_article_speaks_of(raw: str, country: str | None) -> None:
    assert holding(read(raw), "المملكة").country == country


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("وزارة خارجية مملكة البحرين", "وزارة الخارجية البحرينية", True), ("حكومة السويد", "الحكومة السويدية", True),
     ("سفارة فرنسا", "السفارة الألمانية", False), ("نادي الكويت", "النادي الكويتي", False)],
)  # fmt: skip
def test_a_states_body_is_told_by_the_states_name_or_its_adjective(one: str, other: str, same: bool) -> None:
    found = read(f"قالت {one} إن الأمر جيد. وأضافت {other} ذلك.")
    assert ({one, other} <= {m.quote for m in holding(found, one).mentions}) is same


def test_a_body_cut_short_is_the_one_that_two_forms_name() -> None:
    found = read(
        "قالت وزارة خارجية مملكة البحرين إن الأمر جيد. وأكدت وزارة الخارجية البحرينية ذلك. وشكرت الخارجية البحرينية الحضور."
    )
    assert len([e for e in found if e.type == "organization"]) == 1


def test_the_hague_is_no_capital() -> None:
    found = read("وصل الوفد إلى لاهاي. وقالت هولندا إنها ترحب بالوفد.")
    assert (holding(found, "لاهاي").name_en, holding(found, "لاهاي").type) == ("The Hague", "place")


def test_groups_of_different_numbers_are_different_people() -> None:
    found = read("أصيب 14 شخصا في الزلزال، ونزح 17 ألف شخص. وعاد 90 شخصا، وكان 14 شخصا في المستشفى.")
    counted = [sorted({m.quote for m in e.mentions if m.quote[0].isdigit()}) for e in found if e.type == "group"]
    assert counted == [["14 شخصا"], ["17 ألف شخص"], ["90 شخصا"]]
    assert [e.name for e in found if e.type == "group"] == ["14 شخصا", "17 ألف شخص", "90 شخصا"]


def test_a_group_without_its_number_is_the_counted_one_spoken_of_last() -> None:
    found = read("أوقفت الشرطة 8 مهربين عند الحدود. ونقل المهربون إلى السجن.")
    assert {"8 مهربين", "المهربون"} <= {m.quote for m in holding(found, "المهربون").mentions}


@pytest.mark.parametrize("later", ["أمير تبوك", "سمو أمير منطقة تبوك", "أمير المنطقة"])
def test_an_office_over_a_region_is_told_with_the_regions_head_or_without_it(later: str) -> None:
    found = read(f"افتتح صاحب السمو الملكي الأمير سعد بن راشد أمير منطقة تبوك المعرض. وشكر {later} الحضور.")
    person = holding(found, "سعد بن راشد")
    assert later.removeprefix("سمو ") in {m.quote for m in person.mentions}
    assert "صاحب السمو الملكي الأمير" in person.roles


def test_offices_over_two_regions_are_two_mens() -> None:
    found = read("افتتح الأمير سعد بن راشد أمير منطقة تبوك المعرض. وشكر أمير منطقة الرياض الحضور.")
    assert "أمير منطقة الرياض" not in {m.quote for m in holding(found, "سعد بن راشد").mentions}


def test_the_men_of_a_force_and_so_many_people_are_one_however_they_are_called() -> None:
    found = read("قال رجال الشرطة إن عناصر الشرطة أوقفوا 10 أشخاص. وأفرجت عن عشرة أشخاص.")
    assert {"رجال الشرطة", "عناصر الشرطة"} <= {m.quote for m in holding(found, "رجال الشرطة").mentions}
    assert {"10 أشخاص", "عشرة أشخاص"} <= {m.quote for m in holding(found, "عشرة أشخاص").mentions}


@pytest.mark.parametrize(
    ("raw", "quote", "country"),
    [("قصفت طائرات ليبية طرابلس، وقالت حكومة ليبيا إنها ترد", "طرابلس", "LBY"),
     ("اشتبك الجيش اللبناني مع مسلحين في طرابلس شمال لبنان", "طرابلس", "LBN"),
     ("زار رئيس الحكومة التونسية سوسة، وتونس تستعد للموسم", "سوسة", "TUN"),
     ("ضربت الفيضانات سوسة ودرنة شرقي ليبيا", "سوسة", "LBY")],
)  # fmt: skip
def test_places_are_resolved_by_context(raw: str, quote: str, country: str) -> None:
    place = holding(read(raw), quote)
    assert place.country == country


def test_a_place_that_nothing_tells_has_no_coordinates() -> None:
    place = holding(read("وصلت القافلة إلى بلدة كرنوبيا مساء"), "كرنوبيا")
    assert (place.latitude, place.identifiers) == (None, {})


def test_countries_carry_their_codes() -> None:
    country = holding(read("زار الوفد الولايات المتحدة"), "الولايات المتحدة")
    assert country.identifiers["iso3166"] == "USA"
    assert country.name_en == "United States"


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="ابتلمنوية الرئيسوزير محمد عليحزب،.\"'«»()\n 0123٣abـَ\u200f", max_size=150))
def test_any_text_gives_whole_entities(raw: str) -> None:
    for entity in read(raw):
        assert entity.mentions
        for mention in entity.mentions:
            assert raw[mention.span[0] : mention.span[1]] == mention.quote
    assert read(raw) == read(raw)
