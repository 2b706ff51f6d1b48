"""By what entities are known across articles: keys only where they mean one thing."""

from hypothesis import given
from hypothesis import strategies as st

from khabar.record import Entity, EntityType, Mention, Record, Source
from khabar.workspace.identity import common, folded, sketches, spelled_alike


def entity(id: str, type: EntityType, name: str, *forms: str, kind: str = "name", **more: object) -> Entity:
    mentions = [Mention((0, len(f)), f, kind) for f in (name, *forms)]  # type: ignore[arg-type]
    return Entity(id=id, type=type, name=name, mentions=mentions, **more)  # type: ignore[arg-type]


def keys(*entities: Entity) -> dict[str, list[str]]:
    record = Record(id="x/1", source=Source(), text="", entities=list(entities))
    return {s.local: s.keys for s in sketches(record)}


def own(found: list[str]) -> bool:
    return len(found) == 1 and found[0].startswith("own:")


LIBYA = entity("e9", "country", "ليبيا", country="LBY", identifiers={"iso3166": "LBY"})
EGYPT = entity("e8", "country", "مصر", country="EGY", identifiers={"iso3166": "EGY"})


def test_identifiers_come_first() -> None:
    derna = entity("e1", "place", "درنة", country="LBY", identifiers={"geonames": 87205})
    assert keys(LIBYA, derna) == {"e9": ["iso3166:LBY"], "e1": ["geonames:87205"]}


def test_what_stands_in_a_town_is_not_the_town() -> None:
    port = entity("e1", "place", "ميناء بنغازي", country="LBY", identifiers={"geonames": 88319})
    assert keys(port)["e1"] == ["place:ميناء بنغازي:LBY"]
    both = entity("e1", "place", "ميناء بنغازي", "بنغازي", country="LBY", identifiers={"geonames": 88319})
    assert keys(both)["e1"] == ["geonames:88319"]


def test_a_short_name_joins_only_a_known_person_of_a_country_that_is_spoken_of() -> None:
    haftar = entity("e1", "person", "حفتر", name_en="Khalifa Haftar", country="LBY")
    assert keys(haftar, LIBYA)["e1"] == ["known:person:Khalifa Haftar:LBY"]
    assert own(keys(haftar)["e1"]), "nothing in the article says which Haftar"
    assert own(keys(entity("e1", "person", "صالح", name_en="Saleh"), LIBYA)["e1"])


def test_a_name_that_many_bear_needs_a_role_or_company() -> None:
    assert common(("محمد", "قحطاني"))
    assert own(keys(entity("e1", "person", "محمد القحطاني"))["e1"])
    assert keys(entity("e1", "person", "محمد القحطاني", roles=["مدير مستشفى الخرج"]))["e1"] == [
        "person:محمد قحطاني@مدير مستشفي خرج"
    ]
    beside = entity("e2", "person", "هنري دولاكور")
    assert "person:محمد قحطاني@هنري دولاكور" in keys(entity("e1", "person", "محمد القحطاني"), beside)["e1"]
    assert keys(beside)["e2"] == ["person:هنري دولاكور"]


def test_a_fathers_name_is_no_name_of_the_son() -> None:
    son = entity("e1", "person", "هزاع بن جلهم بن عرفان الصيقل", "جلهم بن عرفان")
    assert keys(son)["e1"] == ["person:هزاع جلهم عرفان صيقل"]


def test_bodies_of_state_need_their_country() -> None:
    ministry = entity("e1", "organization", "وزارة الموارد المائية", name_en="Ministry of Water Resources")
    assert keys(ministry, LIBYA)["e1"] == ["organization:وزاره موارد ماييه:LBY"]
    assert own(keys(ministry, LIBYA, EGYPT)["e1"]), "two countries are spoken of"
    assert own(keys(entity("e1", "organization", "اللجنة المنظمة"), LIBYA)["e1"]), "every happening has one"


def test_a_paper_is_known_by_its_name_and_a_gulf_is_no_facility() -> None:
    paper = entity("e1", "organization", "صحيفة الوئام")
    assert keys(paper, LIBYA, EGYPT)["e1"] == ["organization:صحيفه ويام"]
    assert own(keys(entity("e1", "organization", "صحيفة محلية"), LIBYA)["e1"])
    assert keys(entity("e1", "organization", "صحيفة-الوئام"), LIBYA)["e1"]  # two words without a space between them
    gulf = entity("e1", "place", "الخليج العربي", name_en="Persian Gulf")
    found = keys(gulf, LIBYA, EGYPT)["e1"]
    assert own(found) or found[0].startswith("known:place:")


def test_unnamed_actors_stay_in_their_article() -> None:
    assert own(keys(entity("e1", "person", "مصدر أمني", kind="nominal"), LIBYA)["e1"])
    assert own(keys(entity("e1", "group", "22 شخصا", country="LBY"))["e1"])
    assert own(keys(entity("e1", "group", "متظاهرون غاضبون"), LIBYA)["e1"])
    assert keys(entity("e1", "group", "القوات الحكومية"), LIBYA)["e1"] == ["group:قوات حكوميه:LBY"]
    assert own(keys(entity("e1", "group", "القوات الحكومية"), LIBYA, EGYPT)["e1"])


def test_spellings_of_foreign_names_meet_and_arabic_names_stay_apart() -> None:
    assert spelled_alike(("دميتري", "ميدفيديف"), ("دمتري", "مدفيديف"))
    assert spelled_alike(("هزاع", "صيقل"), ("هزاع", "عرفان", "صيقل"))
    assert not spelled_alike(("محمد", "سالم"), ("محمد", "سليم"))
    assert not spelled_alike(("محمد", "صقلاب"), ("محمد", "صقلوب")), "an Arabic name is spelled in one way"
    assert not spelled_alike(("خالد", "سعد", "صيقل"), ("خالد", "فهد", "ناصر", "صيقل"))


def test_names_fold_alike_in_both_scripts() -> None:
    assert folded("خليفة حفتر") == folded("خليفه حفتر")
    assert folded("Fayez al-Sarraj") == folded("Fayez Al Sarraj")


TYPES: list[EntityType] = ["person", "organization", "place", "country", "group", "hazard"]
ENTITY = st.builds(entity, st.just("e1"), st.sampled_from(TYPES), st.text(max_size=30))


@given(st.lists(ENTITY, max_size=4))
def test_any_record_gives_every_entity_a_key(entities: list[Entity]) -> None:
    record = Record(id="x/1", source=Source(), text="", entities=entities)
    made = sketches(record)
    assert [s.name for s in made] == [e.name for e in entities]
    assert all(s.keys and len(set(s.keys)) == len(s.keys) for s in made)
