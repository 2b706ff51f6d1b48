"""How the training texts become labels; none of it needs PyTorch."""

from pathlib import Path

import numpy as np
import pytest
from training.annotated import annotated_example, runs_of_five, same_report
from training.corpora import UNASKED, Example, column_examples, gold_example, occurrences, packed, retokenised, spans_of
from training.countries import is_country
from training.tally import Tally, column_gold, to_columns

from khabar.tagger.labels import LAYERS, RELATIONS, STATUSES

NAMES = LAYERS["names"]
BODY = """روسيا تستقبل حفتر
وصل خليفة حفتر إلى موسكو. وقالت وزارة الدفاع إن الزيارة تأتي بدعوة."""
GOLD = {
    "id": "x/1",
    "entities": [
        {"id": "h", "type": "person", "name_en": "Khalifa Haftar", "forms": ["خليفة حفتر", "حفتر"], "roles": []},
        {"id": "m", "type": "place", "name_en": "Moscow", "forms": ["موسكو"], "roles": []},
        {"id": "r", "type": "country", "name_en": "Russia", "forms": ["روسيا"], "roles": []},
        {"id": "d", "type": "organization", "name_en": "Ministry of Defence", "forms": ["وزارة الدفاع"], "roles": []},
    ],
    "times": [],
    "attributions": [
        {"id": "a", "sources": ["d"], "cue": {"quote": "وقالت", "nth": 1}, "content": {"quote": "الزيارة تأتي بدعوة", "nth": 1}}
    ],
    "events": [
        {
            "id": "v",
            "type": "CONSULT",
            "status": "happened",
            "triggers": [{"quote": "وصل", "nth": 1}, {"quote": "الزيارة", "nth": 1}],
            "actors": ["h"],
            "recipients": ["r"],
            "places": ["m"],
            "begin": None,
            "end": None,
            "attributions": [],
        }
    ],
}


@pytest.mark.parametrize(
    ("form", "text", "at"),
    [
        ("حفتر", "قال حفتر", [(1, 2)]),
        ("حفتر", "لحفتر وحفتر حفترية", [(0, 1), (1, 2)]),
        ("الحكومة", "وللحكومة", [(0, 1)]),
        ("حكومة", "للحكومة", [(0, 1)]),
        ("خليفة حفتر", "وبخليفة حفتر خليفة", [(0, 2)]),
        ("وزارة", "وزارة ووزارة زارة", [(0, 1), (1, 2)]),
    ],
)
def test_forms_are_found_as_whole_words_with_their_clitics(form: str, text: str, at: list[tuple[int, int]]) -> None:
    assert list(occurrences(form, text.split())) == at


def test_an_annotated_article() -> None:
    e = gold_example(GOLD, BODY)
    names = {(e.words[i], NAMES[e.allowed[i].argmax()]) for i in range(len(e.words)) if not e.allowed[i, 0]}
    assert names == {
        ("روسيا", "B-CTY"),
        ("حفتر", "B-PER"),
        ("خليفة", "B-PER"),
        ("حفتر", "I-PER"),
        ("موسكو", "B-PLC"),
        ("وزارة", "B-ORG"),
        ("الدفاع", "I-ORG"),
    }
    triggers = {e.words[i]: LAYERS["triggers"][x] for i, x in enumerate(e.labels["triggers"]) if x}
    assert triggers == {"وصل": "B-CONSULT", "الزيارة": "B-CONSULT"}
    assert {STATUSES[x] for x in e.labels["status"] if x != UNASKED} == {"happened"}
    assert [e.words[i] for i in np.flatnonzero(e.labels["cues"])] == ["وقالت"]
    assert [e.words[i] for i in np.flatnonzero(e.labels["sources"])] == ["وزارة", "الدفاع"]
    assert [e.words[i] for i in np.flatnonzero(e.labels["contents"])] == ["الزيارة", "تأتي", "بدعوة"]
    said = related(e)
    assert {
        ("actor", "وصل", "خليفة", 1),
        ("actor", "وصل", "حفتر", 1),
        ("place", "وصل", "موسكو", 1),
        ("recipient", "وصل", "روسيا", 1),
    } <= said
    assert {("same", "وصل", "الزيارة", 1), ("source", "وقالت", "وزارة", 1), ("source", "وقالت", "الدفاع", 1)} <= said
    assert {("actor", "وصل", "روسيا", 0), ("actor", "وصل", "إلى", 0)} <= said
    heads = {" ".join(e.words[slice(*h.run)]): dict(zip(RELATIONS, h.none, strict=True)) for h in e.heads}
    assert (heads["وصل"]["actor"], heads["وصل"]["time"], heads["وصل"]["source"]) == (0, 1, UNASKED)
    assert (heads["وقالت"]["via"], heads["وقالت"]["actor"]) == (1, UNASKED)


def related(e: Example) -> set[tuple[str, str, str, int]]:
    """Relation, head, word, and whether the word stands in it."""
    return {
        (RELATIONS[r], " ".join(e.words[slice(*h.run)]), e.words[i], int(h.labels[i, r]))
        for h in e.heads
        for i, r in np.argwhere(h.labels != UNASKED)
    }


def test_columns(tmp_path: Path) -> None:
    file = tmp_path / "x.txt"
    file.write_text("في O\n(ألمانيا B-LOC\nوفرانكفورت) B-LOC\nالامم B-ORG\nالمتحدة I-ORG\nدولار B-MISC\n\nقوات B-ORG\n", "utf-8")
    first, second = column_examples(file, "anercorp")
    kinds = [{NAMES[i] for i in np.flatnonzero(row)} for row in first.allowed]
    assert first.words == ["في", "(", "ألمانيا", "وفرانكفورت", ")", "الامم", "المتحدة", "دولار"]
    assert kinds[2:4] == [{"B-CTY"}, {"B-PLC"}]
    assert kinds[5:7] == [{"B-ORG"}, {"I-ORG"}]
    assert {"O", "B-GRP"} <= kinds[0]
    assert "B-PER" not in kinds[0]
    assert kinds[7] == set(NAMES)
    assert {NAMES[i] for i in np.flatnonzero(second.allowed[0])} == {"B-GRP"}
    text = packed([first, second], 0, 100)
    assert text.words == [*first.words, "قوات"]
    assert text.sentence == [0] * 8 + [1]


def test_nested_names_count_by_the_outermost_and_match_by_the_corpus_tokens() -> None:
    sentence = [("جريدة", ["B-ORG"]), ("فلسطين،", ["I-ORG", "B-GPE"]), ("في", ["O"]), ("(حيفا)", ["B-GPE"])]
    assert spans_of(sentence) == [(0, 2, "ORG"), (1, 2, "GPE"), (3, 4, "GPE")]
    gold = column_gold(sentence)
    assert gold == {(0, 2, "ORG"), (3, 4, "LOC")}
    words, origin = retokenised([w for w, _ in sentence])
    assert words == ["جريدة", "فلسطين", "،", "في", "(", "حيفا", ")"]
    tally = Tally()
    tally.add(gold, to_columns([(0, 2, "ORG"), (5, 6, "PLC"), (3, 4, "GRP")], origin))
    assert tally.of() == (1, 1, 1)


@pytest.mark.parametrize(
    ("name", "country"), [("ألمانيا", True), ("والسعودية", True), ("للعراق", True), ("الولايات المتحدة", True), ("بغداد", False)]
)
def test_countries(name: str, country: bool) -> None:
    assert is_country(name.split()) is country


def test_a_reprint_is_the_same_report() -> None:
    words = [f"كلمة{i}" for i in range(60)]
    a, b = runs_of_five(words), runs_of_five(["أمس", *words[:30], *(f"أخرى{i}" for i in range(40))])
    assert same_report(a, b)
    assert not same_report(a, runs_of_five([f"غير{i}" for i in range(60)]))


def test_annotations_by_offset_teach_names_roles_and_times() -> None:
    body = "زيارة حفتر\nوصل قائد الجيش خليفة حفتر إلى موسكو أمس. ولقي حفتر وزيرها يوم 3 مايو."

    def at(words: str, nth: int = 0) -> list[int]:
        start = -1
        for _ in range(nth + 1):
            start = body.index(words, start + 1)
        return [start, start + len(words)]

    visit = {
        "type": "CONSULT",
        "status": "happened",
        "triggers": [at("زيارة"), at("وصل")],
        "actors": [at("خليفة حفتر")],
        "recipients": [],
        "places": [at("موسكو")],
        "times": [at("أمس")],
    }
    people = {
        "type": "person",
        "mentions": [at("حفتر"), at("خليفة حفتر"), at("حفتر", 2)],
        "roles": [at("قائد الجيش")],
    }
    annotation = {"id": "x", "entities": [people, {"type": "place", "mentions": [at("موسكو")], "roles": []}], "events": [visit]}
    e = annotated_example(annotation, body, "2024-05-10")
    kinds = {(e.words[i], NAMES[k]) for i in range(len(e.words)) for k in np.flatnonzero(e.allowed[i]) if k}
    assert {("خليفة", "B-PER"), ("خليفة", "B-NOM"), ("حفتر", "I-PER"), ("حفتر", "B-PER"), ("موسكو", "B-PLC")} <= kinds
    assert not e.allowed[e.words.index("موسكو"), 0]
    assert [e.words[i] for i in np.flatnonzero(e.labels["roles"] > 0)] == ["قائد", "الجيش"]
    assert set(e.labels["cues"]) == {UNASKED}
    said = related(e)
    assert {("actor", "وصل", "خليفة", 1), ("actor", "وصل", "حفتر", 1), ("place", "وصل", "موسكو", 1)} <= said
    assert {
        ("actor", "زيارة", "حفتر", 1),
        ("recipient", "وصل", "موسكو", 0),
        ("time", "وصل", "أمس", 1),
        ("time", "وصل", "3", 0),
    } <= said
    last = max(i for i, w in enumerate(e.words) if w == "حفتر")
    arrival = next(h for h in e.heads if e.words[h.run[0]] == "وصل")
    assert arrival.labels[last, RELATIONS.index("actor")] == UNASKED  # another mention of the actor
    assert arrival.none[RELATIONS.index("recipient")] == 1


def test_annotations_by_offset_teach_who_says_what() -> None:
    body = "قالت وزارة الصحة، نقلاً عن مستشفى النور، إن ثلاثة جرحوا. وأضافت الوزارة أن النهر فاض."

    def at(words: str) -> list[int]:
        return [body.index(words), body.index(words) + len(words)]

    ministry = {"type": "organization", "mentions": [at("وزارة الصحة")], "roles": []}
    hospital = {"type": "place", "mentions": [at("مستشفى النور")], "roles": []}
    said = [
        {"cue": [at("قالت")], "sources": [at("وزارة الصحة")], "via": [at("مستشفى النور")], "content": [at("ثلاثة جرحوا")]},
        {"cue": [at("أضافت")], "sources": [at("وزارة الصحة")], "via": [], "content": [at("النهر فاض")]},
    ]
    e = annotated_example({"id": "x", "entities": [ministry, hospital], "events": [], "attributions": said}, body, None)
    marked = {layer: [e.words[i] for i in np.flatnonzero(e.labels[layer])] for layer in ("cues", "sources", "contents")}
    assert marked == {
        "cues": ["قالت", "وأضافت"],
        "sources": ["وزارة", "الصحة"],  # one that is named only in the sentence before is no source within its cue's sentence
        "contents": ["ثلاثة", "جرحوا", "النهر", "فاض"],
    }
    assert {
        ("source", "قالت", "الصحة", 1),
        ("via", "قالت", "النور", 1),
        ("source", "قالت", "النور", 0),
        ("source", "وأضافت", "وزارة", 1),
    } <= related(e)
    heads = {e.words[h.run[0]]: dict(zip(RELATIONS, h.none, strict=True)) for h in e.heads}
    assert (heads["قالت"]["via"], heads["وأضافت"]["via"], heads["وأضافت"]["actor"]) == (0, 1, UNASKED)
