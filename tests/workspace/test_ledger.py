"""Figures side by side: no claim is lost, sources are told apart, and one number comes only by a policy that is named."""

import random
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from khabar.sources import iter_articles
from khabar.workspace import Workspace
from khabar.workspace.adding import add
from khabar.workspace.ledger import of_event, of_story
from khabar.workspace.policies import POLICIES, Policy, current
from khabar.workspace.tables import article_events, articles
from khabar.workspace.tolls import Ledger, agree, ledgers, origin, part
from khabar.workspace.views import ArticleView, Claim, Evidence, Named, Said
from tests.end_to_end import ROOT

PLACES = {id: Named(id=id, type="place", name=f"بلدة {id}") for id in (1, 2)}
SOURCES = {id: Named(id=id, type="organization", name=f"هيئة {id}") for id in (11, 12, 13)}


def claim(
    n: int, best: int | None = None, *, low: int | None = None, high: int | None = None, exact: bool = True,
    source: int | None = None,
    place: int | None = 1, day: str | None = None, reported: str = "2024-03-10", outlet: str | None = None, kind: str = "killed",
    copy: bool = False, quote: str | None = None,
) -> Claim:  # fmt: skip
    """A claim of the n-th article; exact where only `best` is given."""
    if best is not None and exact and low is None and high is None:
        low = high = best
    at = ArticleView(
        id=n, key=f"k{n}", outlet=outlet or f"صحيفة {n}", url=None, title=None, published=f"{reported}T10:00:00+00:00",
        day=reported, revision=1, original=0 if copy else None, copy="exact" if copy else None, story=1,
    )  # fmt: skip
    words = Evidence(article=n, start=0, stop=9, quote=quote or f"{best or low or high} قتيلا")
    said = [] if source is None else [Said(sources=[SOURCES[source]], via=None, channel=None, content=words)]
    where = [] if place is None else [PLACES[place]]
    values: Any = {"kind": kind, "low": low, "best": best, "high": high, "as_of": day, "reported": reported}
    return Claim(article=at, local="f1", places=where, said=said, evidence=words, event=1, story=1, **values)


def kinds(ledger: Ledger) -> list[tuple[str, int | None, int | None]]:
    best = [e.claim.best or e.claim.low for e in ledger.entries]
    return sorted((r.kind, best[r.first], best[r.second]) for r in ledger.relations)


def test_two_sources_of_one_day_and_place_with_other_amounts_contradict_each_other() -> None:
    (ledger,) = ledgers([claim(1, 12, source=11, day="2024-03-09"), claim(2, 20, source=12, day="2024-03-09")])
    assert kinds(ledger) == [("conflict", 12, 20)]
    assert ledger.relations[0].assumed == []


@pytest.mark.parametrize(
    ("other", "found"),
    [
        ({"best": 20, "source": 11}, []),  # one source is no second opinion
        ({"low": 10, "source": 12}, []),  # "more than 10" holds for 12
        ({"low": 10, "high": 15, "source": 12}, []),
        ({"best": 13, "exact": False, "source": 12}, []),  # "about 13"
        ({"best": 20, "source": 12, "place": 2}, [("scope", 12, 20)]),
        ({"best": 20, "source": 12, "quote": "20 جنديا"}, [("scope", 12, 20)]),
        ({"best": 20, "source": 12, "reported": "2024-03-11"}, [("update", 12, 20)]),
        ({"best": 9, "source": 11, "reported": "2024-03-11"}, [("retraction", 12, 9)]),
        ({"best": 9, "source": 12, "reported": "2024-03-11"}, [("update", 12, 9)]),
        ({"best": 20, "source": 12, "kind": "injured"}, []),
    ],
)
def test_what_is_no_contradiction(other: dict[str, Any], found: list[Any]) -> None:
    made = ledgers([claim(1, 12, source=11), claim(2, **other)])
    assert [relation for ledger in made for relation in kinds(ledger)] == found


def test_two_outlets_that_quote_one_source_are_one_source() -> None:
    (ledger,) = ledgers([claim(1, 12, source=11), claim(2, 12, source=11), claim(3, 15, source=11)])
    assert [(len(e.claims), e.outlets) for e in ledger.entries] == [(2, ["صحيفة 1", "صحيفة 2"]), (1, ["صحيفة 3"])]
    assert ledger.relations == []


def test_what_is_taken_for_granted_is_said() -> None:
    (ledger,) = ledgers([claim(1, 12, source=11), claim(2, 20, source=12, place=None)])
    assert [(r.kind, r.assumed) for r in ledger.relations] == [("conflict", ["day", "area"])]


def test_a_headline_without_source_says_what_its_article_says_of_a_source() -> None:
    body = claim(1, 12, source=11)
    (ledger,) = ledgers([claim(1, 12), body])
    assert [e.origin for e in ledger.entries] == [origin(body)]


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("خفضت الوزارة حصيلة القتلى إلى 9 أشخاص", "retraction"),
        ("وصححت الهيئة عدد الضحايا فقالت إنه 9", "retraction"),
        ("ارتفع عدد الضحايا إلى 9", "update"),
    ],
)
def test_a_toll_put_right_takes_back_the_one_before(sentence: str, kind: str) -> None:
    later = claim(2, 9, source=12, reported="2024-03-11")
    (ledger,) = ledgers([claim(1, 12, source=11), later], {(2, "f1"): sentence})
    assert kinds(ledger) == [(kind, 12, 9)]
    assert (current(ledger, "max") or later).best == (9 if kind == "retraction" else 12)


def test_a_denied_toll_is_kept_and_counts_for_nothing() -> None:
    said = {(2, "f1"): "نفت الوزارة صحة مقتل 90 شخصا"}
    (ledger,) = ledgers([claim(1, 12, source=11), claim(2, 90, source=12)], said)
    assert [(e.claim.best, e.denied) for e in ledger.entries] == [(12, False), (90, True)]
    assert ledger.relations == []
    found = [current(ledger, policy) for policy in ("max", "latest", "min")]  # type: ignore[arg-type]
    assert [c and c.best for c in found] == [12, 12, 12]


def test_the_policies() -> None:
    claims = [
        claim(1, 5, source=11, reported="2024-03-08"),
        claim(2, 12, source=12, reported="2024-03-09"),
        claim(3, 20, source=11, reported="2024-03-10"),
        claim(4, 15, source=13, reported="2024-03-10", outlet="ا"),
        claim(5, 400, source=13, reported="2024-03-12", place=2),
    ]
    (ledger,) = ledgers(claims)

    def of(policy: Policy, *ranking: str) -> tuple[Any, ...]:
        found = current(ledger, policy, ranking)
        assert found is not None
        assert found.policy == policy
        return found.low, found.best, found.high, found.conflicts

    assert of("min") == (5, 5, 5, 1)
    assert of("max") == (20, 20, 20, 1)
    assert of("ranked", "entity 12", "entity 11") == (12, 12, 12, 1)
    assert of("ranked", "entity 99") == of("latest")
    assert of("latest")[1] in (15, 20)
    low, best, high, _ = of("ucdp")
    assert (low, high) == (12, 20), "of a source, what it said last"
    assert best in (15, 20)


@pytest.mark.parametrize(
    ("quote", "noun"),
    [
        ("12 قتيلا", None),
        ("12 جنديا", "جنديا"),
        ("10 آلاف مفقود", None),
        ("11 ألفا و300 شخص", None),
        ("40 من الجنود", None),
        ("ثلاثة جنود", None),
        ("133", None),
        ("7 أطفال", "اطفال"),
    ],
)
def test_the_part_that_a_figure_counts(quote: str, noun: str | None) -> None:
    assert part(quote) == noun


@st.composite
def happening(draw: st.DrawFn) -> list[Claim]:
    found = []
    for n in range(draw(st.integers(1, 12))):
        low, best, high = sorted(draw(st.lists(st.integers(0, 500), min_size=3, max_size=3)))
        shape = draw(st.sampled_from(["exact", "least", "range", "about", "vague"]))
        amount = {
            "exact": {"best": best},
            "least": {"low": low, "best": low},
            "range": {"low": low, "high": high},
            "about": {"best": best, "exact": False},
            "vague": {"low": low},
        }[shape]
        more = {
            "source": draw(st.sampled_from([None, 11, 12, 13])),
            "place": draw(st.sampled_from([None, 1, 2])),
            "reported": draw(st.sampled_from(["2024-03-10", "2024-03-11", "2024-03-12"])),
            "day": draw(st.sampled_from([None, "2024-03-09", "2024-03-10"])),
            "copy": draw(st.booleans()),
            "quote": f"{best} {draw(st.sampled_from(['قتيلا', 'جنديا']))}",
        }
        found.append(claim(n, **amount, **more))  # type: ignore[arg-type]
    return found


@given(happening(), st.randoms(use_true_random=False), st.sampled_from(POLICIES))
def test_no_claim_is_lost_and_a_policy_says_only_what_was_claimed(
    claims: list[Claim], chance: random.Random, policy: Any
) -> None:
    made = ledgers(claims)
    kept = [c for ledger in made for entry in ledger.entries for c in entry.claims]
    assert sorted(c.article.id for c in kept) == sorted(c.article.id for c in claims)
    mixed = list(claims)
    chance.shuffle(mixed)
    assert ledgers(mixed) == made, "the order in which articles arrive does not matter"
    for ledger in made:
        for entry in ledger.entries:
            assert len({(c.low, c.best, c.high) for c in entry.claims}) == 1
            if any(c.article.original is None for c in entry.claims):
                assert entry.claim.article.original is None, "a copy stands for nothing where there is an original"
        for relation in ledger.relations:
            a, b = ledger.entries[relation.first], ledger.entries[relation.second]
            if relation.kind == "conflict":
                assert a.day == b.day
                assert a.part == b.part
                assert not set(a.origin) & set(b.origin)
                assert not agree(a.claim, b.claim)
            elif relation.kind in ("update", "retraction"):
                assert (a.day or "") < (b.day or "")
        found = current(ledger, policy)
        if found is None:
            continue
        said = {v for n in found.entries for v in (lambda c: (c.low, c.best, c.high))(ledger.entries[n].claim) if v is not None}
        assert {v for v in (found.low, found.best, found.high) if v is not None} <= said
        given = [v for v in (found.low, found.high) if v is not None]
        assert given == sorted(given)


@given(happening())
def test_copies_never_change_what_a_policy_says(claims: list[Claim]) -> None:
    originals = [c for c in claims if c.article.original is None]
    if not originals:
        return
    (ledger,) = ledgers(originals)
    copy = claim(900, 1, copy=True).article
    copied = [msgspec.structs.replace(c, article=copy, local=f"f{n}") for n, c in enumerate(originals) if c.said]
    (more,) = ledgers([*originals, *copied])
    for policy in ("min", "max", "ucdp"):
        a, b = current(ledger, policy), current(more, policy)  # type: ignore[arg-type]
        assert (a and (a.low, a.best, a.high)) == (b and (b.low, b.best, b.high))


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
