"""Event words: the forms that an entry makes and must not make, and that a wrong entry is refused by name."""

from collections import Counter

import pytest

from khabar.layers.events.lookup import hits, lights
from khabar.lexicon import expand_events, load
from khabar.record import EVENT_TYPES
from khabar.script import fold


def keys(form: str) -> set[str]:
    return {h.entry.key.partition("-")[0] for h in hits(fold(form))}


@pytest.mark.parametrize(
    ("form", "lemma"),
    [
        ("هاجمت", "هاجم"),
        ("يهاجمون", "هاجم"),
        ("وهاجمه", "هاجم"),
        ("هوجم", "هاجم"),
        ("مهاجمة", "هاجم"),
        ("مهاجمتها", "هاجم"),
        ("التقوا", "التقى"),
        ("التقاه", "التقى"),
        ("سيلتقي", "التقى"),
        ("لقائه", "لقاء"),
        ("لقاءات", "لقاء"),
        ("باللقاء", "لقاء"),
        ("دعت", "دعا"),
        ("يدعو", "دعا"),
        ("دعوا", "دعا"),
        ("داعياً", "دعا"),
        ("زاروا", "زار"),
        ("يزر", "زار"),
        ("بزيارته", "زيارة"),
        ("قصفوا", "قصف"),
        ("تقصفها", "قصف"),
        ("اعتُقل", "اعتقل"),
        ("سيُعتقل", "اعتقل"),
        ("والمظاهرات", "مظاهرة"),
        ("للاحتجاجات", "احتجاج"),
        ("غارتين", "غارة"),
        ("استقالته", "استقالة"),
        ("اتهمتهم", "اتهم"),
        ("متهمين", "اتهم"),
        ("حصاراً", "حصار"),
    ],
)
def test_forms_that_are_made(form: str, lemma: str) -> None:
    assert lemma in keys(form)


@pytest.mark.parametrize(
    "form",
    [
        "الهاجم",  # no article on a finite verb
        "الغارته",  # no article before a pronoun
        "سقصف",  # س before the present alone
        "بيزور",  # no preposition before a finite verb
        "كتاب",
        "مدرسة",
        "قال",
        "مهندس",
        "جديد",
        "الطاولة",
    ],
)
def test_forms_that_are_not_made(form: str) -> None:
    assert not hits(fold(form))


def test_weak_verbs_are_spelled_as_news_spells_them() -> None:
    forms = load("verbs")["forms"]
    assert {"شنت", "يشن", "شنوا", "التقي", "يلتق", "استقال", "يستقيل", "وقعت", "تصدي"} <= set(forms) | set(load("light")["forms"])
    assert not {"شننوا", "التقيوا", "يزورن", "دعات", "استقيل هم"} & set(forms)


def test_support_verbs() -> None:
    assert {x.entry.lemma for x in lights(fold("عقدت"))} == {"عقد"}
    assert {x.entry.lemma for x in lights(fold("وأجرى"))} >= {"اجري"}
    assert not lights(fold("اجتماع"))


def test_the_lexicon_is_as_large_as_promised_over_every_type() -> None:
    verbs, nouns = load("verbs")["entries"], load("nouns")["entries"]
    assert len({(e["type"], e["key"]) for e in verbs}) >= 450
    assert len({(e["type"], e["key"]) for e in nouns}) >= 450
    for part in (verbs, nouns):
        assert set(Counter(e["type"] for e in part)) == set(EVENT_TYPES)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"ASSAULT": {"هاجم": {"root": "هجم III"}}}, "هاجم: no mode"),
        ({"ASSAULT": {"هاجم": {"mode": "attack"}}}, "هاجم: root"),
        ({"ASSAULT": {"هاجم": {"root": "كتب III", "mode": "attack"}}}, "هاجم: كتب III gives"),
        ({"ASSAULT": {"هاجم": {"root": "هجم III", "mode": "attack", "farme": {}}}}, "farme"),
        ({"ASSAULT": {"هاجم": {"root": "هجم III", "mode": "attack", "frame": {"obj": "victim"}}}}, "obj is victim"),
        ({"HITTING": {"هاجم": {"root": "هجم III", "mode": "attack"}}}, "HITTING"),
    ],
)
def test_a_wrong_verb_is_refused_by_name(wrong: dict[str, object], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        expand_events.verbs(wrong)
