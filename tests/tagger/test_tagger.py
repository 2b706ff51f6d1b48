"""The tagger that ships, on sentences written for these tests."""

import pickle
import threading
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khabar.script import Text
from khabar.tagger import RELATIONS, STATUSES, TRIGGERS, Tagger, Tags
from khabar.tagger.labels import DISTANCES, REACH, distance_classes

ARTICLE = """وزير الخارجية المصري سامح شكري يلتقي نظيره الفرنسي في باريس
التقى وزير الخارجية المصري سامح شكري، الثلاثاء، نظيره الفرنسي في باريس. وقال شكري في بيان إن الجانبين بحثا الأوضاع في ليبيا.
وقصفت طائرات حربية مدينة إدلب السورية، ما أدى إلى مقتل ثلاثة مدنيين، بحسب المرصد السوري لحقوق الإنسان."""


def sentences(article: str) -> list[list[str]]:
    text = Text(article)
    return [[article[t.start : t.end] for t in text.tokens[a:b]] for a, b in text.sentences]


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    return Tagger.load()


@pytest.fixture(scope="module")
def read(tagger: Tagger) -> list[Tags]:
    return tagger.tag(sentences(ARTICLE))


def said(tags: Tags, words: Sequence[str], layer: str) -> set[tuple[str, str]]:
    return {(" ".join(words[s.start : s.end]), s.label) for s in getattr(tags, layer)}


def everything(tags: Sequence[Tags]) -> list[object]:
    return [(t.names, t.roles, t.triggers, t.cues, t.sources, t.contents) for t in tags]


def test_names(read: list[Tags]) -> None:
    names = set().union(*(said(t, s, "names") for t, s in zip(read, sentences(ARTICLE), strict=True)))
    assert {("سامح شكري", "PER"), ("باريس", "PLC"), ("ليبيا", "CTY"), ("إدلب", "PLC")} <= names
    assert any(words == "المرصد السوري لحقوق الإنسان" and label == "ORG" for words, label in names)


def test_triggers_and_status(read: list[Tags]) -> None:
    triggers = {
        (" ".join(s[t.start : t.end]), t.label, t.status)
        for tags, s in zip(read, sentences(ARTICLE), strict=True)
        for t in tags.triggers
    }
    assert ("التقى", "CONSULT", "happened") in triggers
    assert any(word.startswith("وقصفت") and kind == "ASSAULT" for word, kind, _ in triggers)


def test_attribution(read: list[Tags]) -> None:
    words = sentences(ARTICLE)
    cues = set().union(*(said(t, s, "cues") for t, s in zip(read, words, strict=True)))
    assert {("وقال", "CUE"), ("بحسب", "CUE")} <= cues
    assert any(t.contents for t in read)


def test_relations_are_probabilities(read: list[Tags]) -> None:
    first = read[1]
    assert first.links is not None
    trigger = first.place(first.triggers[0].start, first.triggers[0].end)
    mentions = [t.place(n.start, n.end) for t in read for n in t.names]
    for relation in RELATIONS:
        scores = first.links.scores(relation, [trigger], mentions)
        assert scores.shape == (1, len(mentions))
        assert ((scores >= 0) & (scores <= 1)).all()
        assert first.links.score(relation, trigger, mentions[0]) == scores[0, 0]


def test_an_actor_fits_better_than_a_bystander(read: list[Tags]) -> None:
    words = sentences(ARTICLE)
    tags = read[1]
    assert tags.links is not None
    trigger = next(tags.place(t.start, t.end) for t in tags.triggers if words[1][t.start] == "التقى")
    by_name = {" ".join(words[n][x.start : x.end]): t.place(x.start, x.end) for n, t in enumerate(read) for x in t.names}
    actor, other = tags.links.scores("actor", [trigger], [by_name["سامح شكري"], by_name["المرصد السوري لحقوق الإنسان"]])[0]
    assert actor > other


def test_the_same_on_every_run_and_in_every_thread(tagger: Tagger, read: list[Tags]) -> None:
    results: list[list[object]] = []
    threads = [threading.Thread(target=lambda: results.append(everything(tagger.tag(sentences(ARTICLE))))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [everything(read)] * 4


def test_what_is_read_beside_an_article_changes_nothing(tagger: Tagger, read: list[Tags]) -> None:
    tagger.tag(sentences("زلزال بقوة 6 درجات يضرب غرب تركيا."))
    assert everything(tagger.tag(sentences(ARTICLE))) == everything(read)


def test_a_tagger_goes_to_another_process_by_loading_there(tagger: Tagger) -> None:
    assert pickle.loads(pickle.dumps(tagger)) is tagger
    assert len(pickle.dumps(tagger)) < 200


def test_nothing_and_empty_sentences(tagger: Tagger) -> None:
    assert tagger.tag([]) == []
    assert [t.names for t in tagger.tag([[], [], []])] == [[], [], []]
    mixed = tagger.tag([[], ["باريس"], []])
    assert [len(t.names) <= 1 for t in mixed] == [True] * 3
    assert not mixed[0].names
    assert not mixed[2].names


def test_a_very_long_sentence(tagger: Tagger) -> None:
    words = sentences(ARTICLE)[1]
    (tags,) = tagger.tag([words * 60])
    assert tags.names
    assert all(0 <= n.start < n.end <= 60 * len(words) for n in tags.names)
    assert max(n.end for n in tags.names) > 50 * len(words)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.text(max_size=12), max_size=15), max_size=6))
def test_any_words(tagger: Tagger, article: list[list[str]]) -> None:
    tags = tagger.tag(article)
    assert len(tags) == len(article)
    for n, (t, words) in enumerate(zip(tags, article, strict=True)):
        assert t.sentence == n
        for layer in ("names", "roles", "triggers", "cues", "sources", "contents"):
            at = 0
            for s in getattr(t, layer):
                assert at <= s.start < s.end <= len(words)
                assert 0 <= s.score <= 1
                at = s.end
        for trigger in t.triggers:
            assert trigger.label in TRIGGERS
            assert trigger.status in STATUSES
            assert len(trigger.types) == 3


def test_distance_classes_tell_side_distance_and_sentence() -> None:
    sentences = np.array([0, 0, 0, 1, 1, 1, 1])
    near, head, inside, after = distance_classes(14, 16, sentences, 10)[[3, 4, 5, 6]]
    assert head == inside == 0
    assert len({near, head, after}) == 3
    assert set(distance_classes(14, 16, sentences, 10)) <= set(range(DISTANCES))
    assert distance_classes(14, 16, sentences, 10)[2] != distance_classes(14, 16, np.ones(7, dtype=np.int64), 10)[2]


def test_words_beyond_reach_stand_in_no_relation(tagger: Tagger) -> None:
    words = sentences(ARTICLE)[1]
    (tags,) = tagger.tag([[*words, *["كلمة"] * (2 * REACH), *words]])
    assert tags.links is not None
    far = len(words) + 2 * REACH
    assert tags.links.score("actor", tags.place(0, 1), tags.place(far, far + 1)) == 0
    assert all(b <= far for _, b, _ in tags.links.runs("actor", tags.place(0, 1), 0.0))


def test_runs_are_the_words_that_stand_in_a_relation(read: list[Tags]) -> None:
    tags = read[1]
    assert tags.links is not None
    trigger = tags.place(tags.triggers[0].start, tags.triggers[0].end)
    for first, after, score in tags.links.runs("actor", trigger, 0.3):
        assert first < after
        assert tags.links.score("actor", trigger, tags.links.place(first, after)) == pytest.approx(score, abs=2e-4)
    assert 0 <= tags.links.none("actor", trigger) <= 1


def test_scores_are_rounded(read: list[Tags]) -> None:
    scores = [s.score for t in read for s in t.names]
    assert np.allclose(scores, np.round(scores, 4), atol=0)
