"""The ledger: what is a conflict, an update, another scope; what holds now; and that nothing is lost or made up."""

import random
from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from khabar.sources import iter_articles
from khabar.workspace import Workspace
from khabar.workspace.adding import add
from khabar.workspace.entries import compatible, id_of
from khabar.workspace.ledger import of_event, of_story
from khabar.workspace.policies import POLICIES, Current, current, series
from khabar.workspace.tables import article_events, articles
from khabar.workspace.tolls import Ledger, agree, ledgers
from khabar.workspace.views import Claim, Named
from tests.end_to_end import ROOT
from tests.workspace.claiming import CRESCENT, DERNA, LIBYA, MAYOR, MINISTRY, SUSA, claim

OUTLET = Named(id=77, type="organization", name="المدار")


def ledger(claims: list[Claim]) -> Ledger:
    (made,) = ledgers(claims)
    return made


def kinds(made: Ledger) -> list[str]:
    return [r.kind for r in made.relations]


def amounts(found: Current | None) -> tuple[int | None, int | None, int | None] | None:
    return None if found is None else (found.low, found.best, found.high)


def test_two_sources_of_one_day_that_disagree_are_a_conflict() -> None:
    made = ledger([claim(1, 20, MINISTRY), claim(2, 30, CRESCENT)])
    assert [(r.kind, r.assumed) for r in made.relations] == [("conflict", ["day"])]
    dated = ledger([claim(1, 20, MINISTRY, as_of="2023-09-12"), claim(2, 30, CRESCENT, as_of="2023-09-12", day="2023-09-13")])
    assert [(r.kind, r.assumed) for r in dated.relations] == [("conflict", [])]
    placeless = ledger([claim(1, 20, MINISTRY), claim(2, 30, CRESCENT, place=None)])
    assert [(r.kind, r.assumed) for r in placeless.relations] == [("conflict", ["day", "area"])]
    assert amounts(current(placeless, "max")) == (30, 30, 30)


def test_two_outlets_that_quote_one_source_are_one_entry() -> None:
    made = ledger([claim(1, 20, MINISTRY, outlet="أ"), claim(2, 20, MINISTRY, outlet="ب", day="2023-09-15")])
    assert len(made.entries) == 1
    assert made.entries[0].outlets == ["أ", "ب"]
    assert [o.name for o in made.entries[0].sources] == [MINISTRY.name]
    assert made.entries[0].day == "2023-09-12", "what is repeated later is as old as it was"


def test_one_source_does_not_contradict_itself_through_two_outlets() -> None:
    assert kinds(ledger([claim(1, 20, MINISTRY), claim(2, 30, MINISTRY)])) == []


def test_an_outlet_in_its_own_voice_is_its_own_source_also_where_it_is_quoted() -> None:
    made = ledger([claim(1, 20, outlet="المدار"), claim(2, 20, OUTLET, outlet="الساحل")])
    assert len(made.entries) == 1
    assert [o.name for o in made.entries[0].sources] == ["المدار"]
    assert kinds(ledger([claim(1, 20, outlet="المدار"), claim(2, 30, OUTLET, outlet="الساحل")])) == []
    assert kinds(ledger([claim(1, 20, outlet="المدار"), claim(2, 30, outlet="الساحل")])) == ["conflict"]


def test_one_source_that_changes_its_figure_leaves_the_others_in_conflict() -> None:
    same = [claim(1, 20, MINISTRY, CRESCENT), claim(2, 30, CRESCENT)]
    assert kinds(ledger(same)) == []
    assert kinds(ledger([*same, claim(3, 20, MINISTRY)])) == ["conflict"]


def test_a_title_has_the_source_of_the_same_figure_in_the_text() -> None:
    made = ledger([claim(1, 20, local="f1", start=3), claim(1, 20, MINISTRY, local="f2", start=90), claim(2, 30, MINISTRY)])
    assert [[o.name for o in entry.sources] for entry in made.entries] == [[MINISTRY.name], [MINISTRY.name]]
    assert kinds(made) == []


def test_an_article_does_not_contradict_what_it_quotes() -> None:
    assert "conflict" not in kinds(ledger([claim(1, 20, MINISTRY, local="f1"), claim(1, 7, local="f2")]))
    assert kinds(ledger([claim(1, 20, MINISTRY, local="f1"), claim(1, 7, CRESCENT, local="f2")])) == ["conflict"]


def test_a_range_that_contains_the_other_amount_is_no_conflict() -> None:
    assert compatible((20, 20, None), (35, 35, 35))
    assert compatible((10, None, 40), (35, 35, 35))
    assert compatible((None, 50, None), (46, 46, 46))
    assert not compatible((None, 50, None), (40, 40, 40))
    assert kinds(ledger([claim(1, (20, 20, None), MINISTRY), claim(2, 35, CRESCENT)])) == []
    assert kinds(ledger([claim(1, (20, 20, None), MINISTRY), claim(2, 15, CRESCENT)])) == ["conflict"]


def test_the_toll_of_a_part_is_no_conflict_with_the_whole() -> None:
    soldiers = ledger([claim(1, 20, MINISTRY), claim(2, 7, CRESCENT, part="جندي")])
    assert [(r.kind, r.how) for r in soldiers.relations] == [("scope", "part")]
    assert amounts(current(soldiers, "min")) == (20, 20, 20)
    village = ledger([claim(1, 20, MINISTRY), claim(2, 7, CRESCENT, place=SUSA)])
    assert [(r.kind, r.how) for r in village.relations] == [("scope", "other")]
    town = ledger([claim(1, 20, MINISTRY, place=LIBYA), claim(2, 7, CRESCENT)])
    assert [(r.kind, r.how) for r in town.relations] == [("scope", "contained")]


def test_a_smaller_figure_beside_a_larger_one_of_its_article_is_a_part_of_it() -> None:
    broken_down = [claim(1, 15, MINISTRY, local="f1"), claim(1, 5, MINISTRY, local="f2"), claim(1, 10, local="f3")]
    made = ledger([*broken_down, claim(2, 18, CRESCENT), claim(3, 10, outlet="المدار", day="2023-09-13")])
    assert sorted(e.scope.within for e in made.entries) == [False, False, False, True, True]
    said = [(r.kind, made.entries[r.first].amount[1], made.entries[r.second].amount[1]) for r in made.relations]
    assert [s for s in said if s[0] == "conflict"] == [("conflict", 15, 18), ("conflict", 18, 10)]
    assert amounts(current(made, "min")) == (10, 10, 10), "what another article says of the whole"


def test_one_spokesman_in_two_articles_is_one_source() -> None:
    one, other = (Named(id=id, type="person", name="المتحدث باسم وزارة الداخلية") for id in (50, 60))
    assert kinds(ledger([claim(1, 20, one), claim(2, 30, other)])) == []
    assert kinds(ledger([claim(1, 20, Named(id=50, type="person", name="المصدر")), claim(2, 30, MINISTRY)])) == ["conflict"]


def test_a_later_figure_is_an_update() -> None:
    made = ledger([claim(1, 20, MINISTRY), claim(2, 35, CRESCENT, day="2023-09-14"), claim(3, 50, MAYOR, day="2023-09-16")])
    assert [(r.kind, r.first, r.second) for r in made.relations] == [("update", 0, 1), ("update", 1, 2)]
    assert series(made) == [0, 1, 2]
    assert kinds(ledger([claim(1, 30, MINISTRY), claim(2, (20, 20, None), CRESCENT, day="2023-09-13")])) == []


def test_the_toll_before_is_replaced_in_its_article_and_contradicts_nothing() -> None:
    made = ledger([claim(1, 17, local="f1", mark="earlier"), claim(1, 19, MINISTRY, local="f2"), claim(2, 19, MINISTRY)])
    assert [(r.kind, made.entries[r.first].point, made.entries[r.second].point) for r in made.relations] == [("update", 17, 19)]
    assert amounts(current(made, "latest")) == (19, 19, 19)
    alone = ledger([claim(1, 17, mark="earlier"), claim(2, 19, MINISTRY)])
    assert kinds(alone) == ["conflict"], "no article says what came after it"


def test_two_amounts_that_an_article_gives_in_one_voice_are_no_rivals() -> None:
    patients = [claim(1, 33, local="f1"), claim(1, 6, MINISTRY, local="f2"), claim(2, 6, CRESCENT)]
    assert "conflict" not in kinds(ledger(patients))
    disputed = [claim(1, 33, MAYOR, local="f1"), claim(1, 6, MINISTRY, local="f2"), claim(2, 6, CRESCENT)]
    assert "conflict" in kinds(ledger(disputed)), "here the article sets two sources against each other"


def test_a_bound_or_the_same_amount_says_nothing_new() -> None:
    assert kinds(ledger([claim(1, (27, 27, None), MINISTRY), claim(2, 27, CRESCENT, day="2023-09-13")])) == []
    assert kinds(ledger([claim(1, (10, None, None), MINISTRY), claim(2, 27, CRESCENT, day="2023-09-13")])) == []
    assert kinds(ledger([claim(1, 3, MINISTRY), claim(2, (None, None, 17), CRESCENT, day="2023-09-13")])) == []
    for bound in ((20, 20, None), (None, None, 40)):
        late = ledger([claim(1, 27, MINISTRY), claim(2, bound, MAYOR, day="2023-09-15")])
        assert amounts(current(late, "latest")) == (27, 27, 27)


def test_an_old_amount_that_is_repeated_contradicts_no_new_one() -> None:
    made = ledger(
        [claim(1, 21, MINISTRY), claim(2, 21, outlet="المدار", day="2023-09-13"), claim(3, 40, CRESCENT, day="2023-09-13")]
    )
    assert [(r.kind, made.entries[r.first].point, made.entries[r.second].point) for r in made.relations] == [("update", 21, 40)]


def test_an_undated_event_of_a_later_report_is_another_happening() -> None:
    first = [claim(1, 3, MINISTRY), claim(2, 3, MINISTRY, outlet="المدار")]
    later = msgspec.structs.replace(claim(3, 1, MINISTRY, day="2023-09-16"), event=2)
    made = ledger([*first, later])
    assert kinds(made) == []
    assert amounts(current(made, "latest")) == (3, 3, 3)


def test_of_equals_a_country_holds_its_towns() -> None:
    made = ledger([claim(1, 30, MINISTRY, local="f1", place=LIBYA), claim(1, 19, MINISTRY, local="f2"), claim(1, 4, local="f3")])
    assert amounts(current(made, "latest")) == (30, 30, 30)


def test_what_its_source_corrects_or_denies_is_a_retraction() -> None:
    corrected = ledger([claim(1, 50, MINISTRY), claim(2, 70, MINISTRY, day="2023-09-14", mark="corrects")])
    assert kinds(corrected) == ["retraction"]
    assert amounts(current(corrected, "min")) == (70, 70, 70)
    fewer = ledger([claim(1, 50, MINISTRY), claim(2, 35, MINISTRY, day="2023-09-14")])
    assert kinds(fewer) == ["retraction"], "the dead do not come back"
    other = [claim(1, 50, MINISTRY), claim(2, 35, CRESCENT, day="2023-09-14")]
    assert kinds(ledger(other)) == ["conflict"], "another source has no more of them come back"
    assert kinds(ledger([msgspec.structs.replace(c, as_of=c.reported) for c in other])) == ["update"], "each says as of when"
    denied = ledger([claim(1, 50, CRESCENT), claim(2, 50, MINISTRY, mark="withdrawn", day="2023-09-13")])
    assert kinds(denied) == ["retraction"]
    found = current(denied, "ucdp")
    assert found is not None
    assert (found.best, found.entries) == (50, [0]), "what one denies the other still claims"
    assert current(ledger([claim(2, 50, MINISTRY, mark="withdrawn")]), "max") is None


def test_another_happening_is_kept_apart() -> None:
    now = [claim(1, 20, MINISTRY, happened="2023-09-10"), claim(3, 30, MAYOR, happened="2023-09-11")]
    made = ledger([*now, claim(2, 27, CRESCENT, happened="2023-08-20")])
    assert [(r.kind, r.first, r.second) for r in made.relations] == [("conflict", 0, 2)]
    assert amounts(current(made, "max")) == (30, 30, 30)


def test_policies() -> None:
    made = ledger(
        [
            claim(1, 20, MINISTRY),
            claim(2, (30, 30, None), CRESCENT, day="2023-09-13"),
            claim(3, 25, MAYOR, day="2023-09-14"),
            claim(4, 20, outlet="الأرشيف", day="2023-09-20"),
        ]
    )
    found = {p: current(made, p, [CRESCENT.name]) for p in POLICIES}  # type: ignore[arg-type]
    assert {p: amounts(c) for p, c in found.items()} == {
        "latest": (25, 25, 25),  # 20 is the oldest amount, whoever repeats it later
        "min": (20, 20, 20),
        "max": (30, 30, None),
        "ranked": (30, 30, None),
        "ucdp": (20, 20, 30),
    }
    assert {p: c and c.policy for p, c in found.items()} == {p: p for p in POLICIES}
    assert current(made, "ranked", ["جهة أخرى"]) is None


SOURCES = st.lists(st.sampled_from([MINISTRY, CRESCENT, MAYOR]), max_size=2, unique_by=lambda n: n.id)
AMOUNT = st.one_of(
    st.integers(0, 40),
    st.integers(0, 40).map(lambda n: (n, n, None)),
    st.integers(0, 40).map(lambda n: (None, n, None)),
    st.tuples(st.integers(0, 20), st.none(), st.integers(20, 40)),
    st.just((10, None, None)),
)
DAYS = st.sampled_from(["2023-09-12", "2023-09-13", "2023-09-14", None])


@st.composite
def some_claims(draw: st.DrawFn) -> list[Claim]:
    return [
        claim(
            n // 2 + 1,
            draw(AMOUNT),
            *draw(SOURCES),
            day=["2023-09-12", "2023-09-13", "2023-09-14"][n // 2 % 3],
            local=f"f{n % 2 + 1}",
            outlet=["المدار", "الساحل"][n // 2 % 2],
            as_of=draw(DAYS),
            place=draw(st.sampled_from([DERNA, SUSA, LIBYA, None])),
            part=draw(st.sampled_from([None, None, "جندي"])),
            mark=draw(st.sampled_from([None, None, None, "corrects", "withdrawn"])),
            happened=draw(st.sampled_from([None, "2023-09-10", "2011-02-17"])),
            kind=draw(st.sampled_from(["killed", "injured"])),
            start=n,
        )
        for n in range(draw(st.integers(0, 9)))
    ]


@given(some_claims())
def test_no_claim_is_lost_and_none_stands_twice(claims: list[Claim]) -> None:
    found = [entry for made in ledgers(claims) for entry in made.entries]
    assert sorted(id_of(c) for entry in found for c in entry.claims) == sorted(map(id_of, claims))
    for entry in found:
        assert entry.sources
        for c in entry.claims:
            assert (c.low, c.best, c.high) == entry.amount
            assert {n.name for said in c.said for n in said.sources} <= {o.name for o in entry.sources}


@given(some_claims(), st.randoms(use_true_random=False))
def test_the_order_of_arrival_does_not_matter(claims: list[Claim], chance: random.Random) -> None:
    shuffled = list(claims)
    chance.shuffle(shuffled)
    assert ledgers(shuffled) == ledgers(claims)


@given(some_claims(), st.sampled_from(POLICIES))
def test_a_policy_says_nothing_that_was_not_claimed(claims: list[Claim], policy: Any) -> None:
    for made in ledgers(claims):
        found = current(made, policy, ["entity 2", MINISTRY.name])
        if found is None:
            assert policy == "ranked" or all(e.denied for e in made.entries) or kinds(made).count("retraction")
            continue
        assert (found.policy, found.kind) == (policy, made.kind)
        numbers = {v for n in found.entries for v in made.entries[n].amount}
        given = [v for v in (found.low, found.best, found.high) if v is not None]
        assert set(given) <= numbers
        assert given == sorted(given)
        assert not any(made.entries[n].denied for n in found.entries)


@given(some_claims())
def test_copies_add_nothing(claims: list[Claim]) -> None:
    copies = [
        claim(
            c.article.id + 100,
            (c.low, c.best, c.high),
            *(n for s in c.said for n in s.sources),
            day="2023-09-20",
            local=c.local,
            outlet="الناقل",
            original=c.article.id,
            kind=c.kind,
            part=c.part,
            mark=c.mark,
            as_of=c.as_of,
            happened=c.happened,
            place=c.places[0] if c.places else None,
            start=c.evidence.start,
        )
        for c in claims
    ]
    bare, more = ledgers(claims), ledgers([*copies, *claims])
    assert [made.relations for made in more] == [made.relations for made in bare]
    assert [(e.sources, e.day, e.reports) for made in more for e in made.entries] == [
        (e.sources, e.day, e.claims) for made in bare for e in made.entries
    ]
    assert sum(e.copies for made in more for e in made.entries) == len(copies)
    for policy in POLICIES:
        for one, other in zip(bare, more, strict=True):
            assert current(one, policy, ["entity 1"]) == current(other, policy, ["entity 1"])  # type: ignore[arg-type]


@given(some_claims())
def test_a_conflict_is_between_independent_claims_of_one_scope_that_cannot_both_be_true(claims: list[Claim]) -> None:
    for made in ledgers(claims):
        for r in made.relations:
            a, b = made.entries[r.first], made.entries[r.second]
            if r.kind == "conflict":
                assert not agree(a.claim, b.claim)
                assert (a.part, a.scope.occasion) == (b.part, b.scope.occasion)
                assert a.day == b.day or (b.point < a.point and "day" in r.assumed), "who gives fewer dead, later and of no day"
                assert any(not set(x) & set(y) for x in a.voices for y in b.voices)
            if r.kind == "update":
                assert (a.day or "") < (b.day or "")
            assert ("day" in r.assumed) == (r.kind != "scope" and not (a.dated and b.dated))


def test_the_flood_of_the_examples_has_its_conflict_and_its_update(workspace: Workspace) -> None:
    list(add(workspace, iter_articles([str(ROOT / "examples")]), fast=True))
    with workspace.reading() as connection:
        stories = connection.execute(select(articles.c.story).where(articles.c.title.contains("درنة"))).scalars().all()
        assert len(stories) == 2
        assert len(set(stories)) == 1
        account = of_story(connection, stories[0])
        assert account is not None
        killed = next(ledger for ledger in account.ledgers if ledger.kind == "killed")
        assert {outlet for e in killed.entries for outlet in e.outlets} == {"المدار", "وكالة الساحل"}
        best = [e.claim.best or e.claim.low for e in killed.entries]
        found = {(r.kind, best[r.first], best[r.second]) for r in killed.relations}
        assert ("conflict", 11300, 18000) in found
        assert ("update", 5300, 11300) in found
        now = next(c for c in account.current if c.kind == "killed")
        assert (now.policy, now.best, now.day) == ("latest", 11300, "2023-09-14")
        assert now.conflicts >= 1
        assert of_story(connection, 999) is None
        event = connection.execute(select(article_events.c.event).where(article_events.c.type == "DISASTER")).scalars().first()
        assert event is not None
        assert of_event(connection, event) is not None
        assert of_event(connection, 99999) is None
