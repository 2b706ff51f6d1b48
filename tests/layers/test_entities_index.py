"""The lookup of mentions by token, and the last step of a reading."""

from khabar.layers.entities import Index, Ref, settle
from khabar.record import Attribution, Entity, Event, Figure, Mention, Quote
from khabar.script import Text

SENTENCE = "وقال لافروف إن القوات الروسية ستبقى بمدينة حلب في سوريا"


def entity(id: str, type: str, *quotes: str, kind: str = "name") -> Entity:
    mentions = [Mention((at := SENTENCE.index(q), at + len(q)), q, kind) for q in quotes]  # type: ignore[arg-type]
    return Entity(id=id, type=type, name=quotes[0], mentions=mentions)  # type: ignore[arg-type]


PEOPLE = [
    entity("e1", "person", "لافروف"),
    entity("e2", "group", "القوات الروسية"),
    entity("e3", "place", "مدينة حلب"),
    entity("e5", "place", "حلب"),
    entity("e4", "country", "سوريا"),
]


def ident(ref: Ref | None) -> str | None:
    return ref and ref.entity.id


def test_mentions_are_found_by_token_and_by_range() -> None:
    index = Index(Text(SENTENCE), PEOPLE)
    assert [r.entity.id for r in index.refs] == ["e1", "e2", "e3", "e5", "e4"]
    assert index.at(0) is None
    assert ident(index.at(1)) == "e1"
    assert ident(index.at(6)) == "e3"
    assert ident(index.at(7)) == "e3"
    assert [r.entity.id for r in index.within(2, 8)] == ["e2", "e3", "e5"]
    assert [r.entity.id for r in index.outermost(2, 8)] == ["e2", "e3"]
    assert ident(index.after(2, 9)) == "e2"
    assert index.after(8, 9) is None
    assert ident(index.before(8, 0)) == "e3"
    assert index.before(1, 0) is None


def test_a_proclitic_is_told_apart_from_the_mention() -> None:
    index = Index(Text(SENTENCE), PEOPLE)
    assert [r.clitic for r in index.refs] == ["", "", "ب", "", ""]


def test_a_phrase_begins_with_the_title_of_the_person() -> None:
    raw = "استقبل وزير الخارجية الروسي سيرغي لافروف ضيفه، وقال لافروف إنه راض"
    names = [Mention((at, at + len(w)), w, "name") for w in ("سيرغي لافروف", "لافروف إنه"[:6]) for at in [raw.rindex(w)]]
    person = Entity(id="e1", type="person", name="سيرغي لافروف", roles=["وزير الخارجية الروسي"], mentions=names)
    first, second = Index(Text(raw), [person]).refs
    assert (first.start, first.first, first.end) == (1, 4, 6)
    assert second.start == second.first
    assert Index(Text(raw), [person]).at(1) is not None


def quote(words: str) -> Quote:
    return Quote((SENTENCE.index(words), SENTENCE.index(words) + len(words)), words)


def test_settling_drops_what_is_not_kept_and_renumbers() -> None:
    said = Attribution(id="a1", sources=["e1"], cue=quote("قال"), content=quote("القوات الروسية ستبقى"))
    kept = settle(list(map(copy, PEOPLE)), [said], [], [], lambda e: 0.9 if e.type != "group" else None)
    assert [(e.id, e.name) for e in kept] == [("e1", "لافروف"), ("e2", "مدينة حلب"), ("e3", "حلب"), ("e4", "سوريا")]
    assert said.sources == ["e1"]
    stay = Event(id="v1", type="MOBILIZE", triggers=[quote("ستبقى")], actors=["e2"], places=["e3"], status="planned")
    count = Figure(id="f1", span=(0, 4), quote="وقال", kind="deployed", places=["e4"])
    kept = settle(list(map(copy, PEOPLE)), [], [stay], [count], lambda e: 0.9)
    assert [e.name for e in kept] == ["لافروف", "القوات الروسية", "مدينة حلب", "حلب", "سوريا"]
    assert (stay.actors, stay.places, count.places) == (["e2"], ["e3"], ["e5"])
    settle(list(map(copy, PEOPLE)), [], [stay], [], lambda e: 0.9 if e.id != "e2" else None)
    assert stay.actors == []


def copy(e: Entity) -> Entity:
    return Entity(id=e.id, type=e.type, name=e.name, mentions=e.mentions)
