"""Which entities a record keeps."""

import pytest

from khabar.layers import blocks
from khabar.layers.entities import Evidence, join
from khabar.layers.entities.keeping import load
from khabar.layers.names import find
from khabar.reader import read_article
from khabar.record import Article, Attribution, Entity, Event, Quote
from khabar.script import Text

SENTENCE = "هاجم مسلحون دورية للشرطة في كركوك، وقال شاهد عيان إن المهاجمين فروا، ويخشى السكان من المستقبل."


def judged(text: str, **layers: list[Attribution] | list[Event]) -> tuple[list[Entity], Evidence]:
    read, article = Text(text), Article(id="1", text=text)
    names = find(read, None)
    entities = join(read, names, None)
    said, happened = layers.get("attributions", []), layers.get("events", [])
    return entities, Evidence(read, blocks.find(article), names, None, said, happened, [])  # type: ignore[arg-type]


def called(entities: list[Entity], name: str) -> Entity:
    return next(e for e in entities if e.name == name)


def quote(words: str) -> Quote:
    return Quote((SENTENCE.index(words), SENTENCE.index(words) + len(words)), words)


def test_a_group_that_acts_is_likelier_kept_than_one_that_does_nothing() -> None:
    entities, idle = judged(SENTENCE)
    group = called(entities, "مسلحون")
    event = Event(id="v1", type="ASSAULT", triggers=[quote("هاجم")], actors=[group.id], status="happened", confidence=0.9)
    _, acting = judged(SENTENCE, events=[event])
    table = load().tables["fast"]
    assert acting.probability(group, table) > idle.probability(group, table)
    assert acting.weigh(group) is not None


def test_whoever_says_something_always_stays() -> None:
    entities, idle = judged(SENTENCE)
    table = {"all": -100.0}
    witness = called(entities, "شاهد عيان")
    said = Attribution(id="a1", sources=[witness.id], cue=quote("وقال"), content=quote("المهاجمين فروا"))
    _, speaking = judged(SENTENCE, attributions=[said])
    assert idle.probability(witness, table) < 0.01
    assert speaking.weigh(witness) is not None


def test_a_known_country_and_a_named_person_stay() -> None:
    entities, evidence = judged("زار وزير الخارجية الروسي سيرغي لافروف مصر أمس.")
    assert {e.name for e in entities if evidence.weigh(e) is not None} >= {"سيرغي لافروف", "مصر"}


@pytest.mark.parametrize("mode", ["tagger", "fast"])
def test_the_weights_know_both_modes(mode: str) -> None:
    weights = load()
    assert weights.tables[mode]
    assert 0 < weights.thresholds[f"part {mode}"] < weights.thresholds[mode] < 0.6


def test_nothing_refers_to_an_entity_that_was_not_kept() -> None:
    record = read_article(Article(id="1", text=SENTENCE + " وأعلنت السلطات اعتقال ثلاثة مشتبه بهم."), None)
    ids = {e.id for e in record.entities}
    assert ids == {f"e{n}" for n in range(1, len(ids) + 1)}
    told = [i for v in record.events for i in (*v.actors, *v.recipients, *v.places)]
    assert {*told, *(i for a in record.attributions for i in a.sources)} <= ids
