"""Whether two tellings are of one event: what is compared, and what forbids it."""

from msgspec.structs import replace

from khabar.workspace.happening import Party, Telling, blocks, days_of, levels, ordinal, weight, weights

DERNA = Party(1, "LBY", False, 32.76, 22.64)
SHAHAT = Party(2, "LBY", False, 32.83, 21.86)
MARTUBA = Party(3, "LBY", False, 32.58, 22.75)
LIBYA = Party(4, "LBY", True)
ARMY = Party(5, "LBY")
REBELS = Party(6, "LBY")
TUNISIA = Party(7, "TUN", True)
DAY = ordinal("2024-03-10") or 0


def telling(**changes: object) -> Telling:
    base = Telling(
        type="ASSAULT", mode="bombing", kind="real", dated=True, day=DAY, begin=DAY, end=DAY, actors=[ARMY], recipients=[REBELS],
        places=[DERNA], amounts=[], words=["قصف"], story=None,
    )  # fmt: skip
    return replace(base, **changes)


def same(a: Telling, b: Telling) -> bool:
    found = weight(a, b)
    assert found == weight(b, a)
    return found is not None and found > 0


def test_one_day_one_place_the_same_sides_are_one_event() -> None:
    assert same(telling(), telling(words=["غارة"]))
    assert same(telling(), telling(dated=False, day=DAY + 1, begin=None, end=None)), "told the day after, without a day"


def test_two_days_are_two_events() -> None:
    later = telling(day=DAY + 4, begin=DAY + 4, end=DAY + 4)
    assert weight(telling(), later) is None
    assert weight(telling(), telling(dated=False, day=DAY + 9, begin=None, end=None)) is None


def test_two_towns_are_two_events() -> None:
    assert not same(telling(), telling(places=[SHAHAT]))
    assert levels(telling(), telling(places=[MARTUBA])) | {"places": "near"} == levels(telling(), telling(places=[MARTUBA]))  # type: ignore[operator]


def test_a_country_and_a_type_alone_make_no_event() -> None:
    bare = telling(actors=[], recipients=[], places=[LIBYA])
    assert weight(bare, bare) is None


def test_what_is_feared_or_denied_did_not_happen() -> None:
    assert weight(telling(), telling(kind="possible")) is None
    assert weight(telling(), telling(kind="denied")) is None
    assert weight(telling(), telling(type="COERCE")) is None


def test_visitor_and_host_may_be_told_either_way() -> None:
    one = telling(type="CONSULT", mode="visit", words=["زار"], actors=[ARMY], recipients=[TUNISIA], places=[])
    other = replace(one, actors=[TUNISIA], recipients=[ARMY], words=["استقبل"])
    assert same(one, other)
    attack = replace(one, type="ASSAULT")
    assert not same(attack, replace(attack, actors=[TUNISIA], recipients=[ARMY]))


def test_acts_without_a_day_and_a_common_word_stay_apart() -> None:
    loose = telling(dated=False, begin=None, end=None, mode=None)
    assert not same(loose, replace(loose, words=["اغتيال"]))
    assert same(loose, replace(loose, words=["اغتيال"], amounts=[("killed", 7)])) is False
    counted = replace(loose, amounts=[("killed", 7)])
    assert same(counted, replace(counted, words=["اغتيال"]))


def test_another_toll_is_no_other_event() -> None:
    assert same(telling(amounts=[("killed", 7)]), telling(amounts=[("killed", 9)]))


def test_every_level_has_a_weight() -> None:
    table = weights().levels
    assert set(levels(telling(), telling()) or {}) == set(table)
    for name, level in (levels(telling(), telling()) or {}).items():
        assert level in table[name]


def test_an_event_is_looked_for_where_it_stands() -> None:
    stored = set(blocks(telling(), look=False))
    assert stored & set(blocks(telling(dated=False, day=DAY + 2, begin=None, end=None), look=True))
    assert not stored & set(blocks(telling(day=DAY + 5, begin=DAY + 5, end=DAY + 5), look=True))
    assert not stored & set(blocks(telling(type="COERCE"), look=True))


def test_days() -> None:
    assert days_of(None, None, "2024-03-10") == (False, DAY, None, None)
    assert days_of("2024-03-10", None, None) == (True, DAY, DAY, DAY)
    assert days_of(None, None, None) == (False, None, None, None)
    assert ordinal("gestern") is None
