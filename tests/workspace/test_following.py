"""After people part or join what the machine had otherwise, later reports find the node that they should."""

from typing import Any

import pytest
from sqlalchemy import func, select

from khabar.record import Article
from khabar.workspace import Workspace
from khabar.workspace.adding import add
from khabar.workspace.correcting import Judgement
from khabar.workspace.judging import Draft, JudgementError, judge, undo
from khabar.workspace.rereading import reread
from khabar.workspace.tables import article_entities, article_events, articles, entities, events, stories, tellings
from tests.workspace.articles import article
from tests.workspace.test_events import FIRST
from tests.workspace.test_stories import FIRE

RAIDS = article(
    "sada/19",
    "غارات على سرت",
    "شن الجيش الليبي السبت غارات جوية على تنظيم داعش في سرت، وفق بيان نشره مساء اليوم نفسه.",
    outlet="الصدى",
)
DAWN = article(
    "afaq/20",
    "الجيش الليبي يعلن تدمير زورقين في سرت",
    "قالت غرفة العمليات إن الجيش الليبي شن السبت غارات جوية على تنظيم داعش في سرت، دمرت زورقين كانا راسيين عند الرصيف.\n"
    "وأضافت أن سكان الحي المجاور غادروا بيوتهم قبل ساعات، وأن فرق الإسعاف لم تستطع الوصول إلى المكان حتى المساء.",
    outlet="المدار",
)


def put(workspace: Workspace, *items: Article) -> None:
    assert all(outcome.what == "added" for outcome in add(workspace, items, fast=True))


def decided(workspace: Workspace, **values: Any) -> Judgement:
    with workspace.writing() as connection:
        return judge(connection, Draft(**{"who": "سلمى", **values}))


def taken_back(workspace: Workspace, made: Judgement) -> None:
    with workspace.writing() as connection:
        undo(connection, made.id)


def assaults(workspace: Workspace, article: int) -> dict[str, int]:
    """Local id → event, of an article's assaults."""
    told = article_events.c
    with workspace.reading() as connection:
        query = select(told.local, told.event).where(told.article == article, told.type == "ASSAULT").order_by(told.start)
        return dict(iter(connection.execute(query)))


@pytest.fixture
def struck(workspace: Workspace) -> tuple[Workspace, int, int, Judgement]:
    """Two reports of a strike, joined and then parted: the workspace, the old event, the new one and the judgement."""
    put(workspace, FIRST, RAIDS)
    both = set(assaults(workspace, 1).values()) & set(assaults(workspace, 2).values())
    assert both, "the two are joined"
    old = both.pop()
    local = next(id for id, event in assaults(workspace, 2).items() if event == old)
    made = decided(workspace, layer="event", verdict="split", article=2, local=local)
    new = assaults(workspace, 2)[local]
    assert new != old
    return workspace, old, new, made


def test_a_report_like_the_event_that_was_split_off_joins_it_and_not_the_old_one(
    struck: tuple[Workspace, int, int, Judgement],
) -> None:
    workspace, old, new, _ = struck
    put(workspace, DAWN)
    assert new in assaults(workspace, 3).values()
    assert old not in assaults(workspace, 3).values()
    list(reread(workspace, everything=True))
    assert (old in assaults(workspace, 1).values(), new in assaults(workspace, 2).values()) == (True, True)
    with workspace.reading() as connection:
        shown = dict(iter(connection.execute(select(events.c.id, events.c.gloss))))
        query = select(article_events.c.gloss)
        for event in (old, new):
            said = connection.execute(query.where(article_events.c.event == event)).scalars()
            assert shown[event] in set(said), "each shows what its own reports say"
        reports = dict(iter(connection.execute(select(events.c.id, events.c.reports))))
        assert (reports[old], reports[new]) == (1, 2)


def test_a_split_taken_back_leads_what_came_since_to_the_old_event(struck: tuple[Workspace, int, int, Judgement]) -> None:
    workspace, old, new, made = struck
    put(workspace, DAWN)
    taken_back(workspace, made)
    assert all(old in assaults(workspace, n).values() for n in (1, 2, 3))
    body = "شن الجيش الليبي السبت غارات جوية على تنظيم داعش في سرت، وأصابت الغارات الميناء ومخازن قريبة منه."
    late = article("afaq/21", "غارات سرت", body, outlet="الساحل", published="2024-03-10T21:00:00+02:00")
    put(workspace, late)
    assert new not in assaults(workspace, 4).values()
    assert old in assaults(workspace, 4).values()


def test_a_merge_taken_back_leaves_each_event_what_came_to_it_since(struck: tuple[Workspace, int, int, Judgement]) -> None:
    workspace, old, new, _ = struck
    made = decided(workspace, layer="event", verdict="merge", node=old, others=[new])
    put(workspace, DAWN)
    assert old in assaults(workspace, 3).values()
    taken_back(workspace, made)
    assert new in assaults(workspace, 3).values()
    with workspace.reading() as connection:
        apart = select(tellings.c.event, article_events.c.event).join(
            article_events, (tellings.c.article == article_events.c.article) & (tellings.c.local == article_events.c.local)
        )
        assert all(told == joined for told, joined in connection.execute(apart))


def test_a_split_into_which_others_were_merged_is_taken_back_after_them(struck: tuple[Workspace, int, int, Judgement]) -> None:
    workspace, old, new, made = struck
    decided(workspace, layer="event", verdict="merge", node=new, others=[old])
    with pytest.raises(JudgementError, match=f"merged into event {new} since"):
        taken_back(workspace, made)


def minister(n: int, name: str) -> Article:
    text = f"قال وزير الدفاع الروسي {name} يوم السبت إن المناورات في البحر الأسود تبدأ خلال أسبوع رقم {n}، وفق بيان الوزارة."
    return article(f"afaq/d{n}", f"مناورات روسية {n}", text, published=f"2024-03-{n:02}T20:00:00+02:00")


def entity_of(workspace: Workspace, name: str, article: int) -> int:
    own = article_entities.c
    with workspace.reading() as connection:
        query = select(own.entity).where(own.article == article, own.name.contains(name), own.type == "person")
        return int(connection.execute(query).scalar_one())


ONE, OTHER = "سيرغي دوبروفين", "سيرجي دوبروفين"


def test_a_name_that_only_the_reading_had_that_was_split_off_leads_to_it(workspace: Workspace) -> None:
    put(workspace, minister(2, ONE), minister(9, OTHER))
    old = entity_of(workspace, ONE, 1)
    assert entity_of(workspace, OTHER, 2) == old, "one is taken for a spelling of the other"
    with workspace.reading() as connection:
        local = connection.execute(
            select(article_entities.c.local).where(article_entities.c.article == 2, article_entities.c.entity == old)
        ).scalar_one()
    made = decided(workspace, layer="entity", verdict="split", article=2, local=local)
    new = entity_of(workspace, OTHER, 2)
    put(workspace, minister(16, OTHER), minister(23, ONE))
    assert (entity_of(workspace, OTHER, 3), entity_of(workspace, ONE, 4)) == (new, old)
    with workspace.reading() as connection:
        shown = {row.id: (row.name, row.articles) for row in connection.execute(select(entities))}
        assert (shown[old], shown[new]) == ((ONE, 2), (OTHER, 2))
    taken_back(workspace, made)
    assert {entity_of(workspace, "دوبروفين", n) for n in (1, 2, 3, 4)} == {old}
    put(workspace, minister(30, OTHER))
    assert entity_of(workspace, OTHER, 5) == old


def test_what_came_to_a_merged_entity_goes_back_with_it(workspace: Workspace) -> None:
    one, other = ONE, "ميخائيل بيلوسوف"
    put(workspace, minister(2, one), minister(9, other))
    keep, gone = entity_of(workspace, one, 1), entity_of(workspace, other, 2)
    made = decided(workspace, layer="entity", verdict="merge", node=keep, others=[gone])
    put(workspace, minister(16, other), minister(23, one))
    assert {entity_of(workspace, name, n) for name, n in ((one, 1), (other, 2), (other, 3), (one, 4))} == {keep}
    taken_back(workspace, made)
    found = [entity_of(workspace, name, n) for name, n in ((one, 1), (other, 2), (other, 3), (one, 4))]
    assert found == [keep, gone, gone, keep]


def story_of(workspace: Workspace, key: str) -> int:
    with workspace.reading() as connection:
        return int(connection.execute(select(articles.c.story).where(articles.c.key == key)).scalar_one())


OIL = article(
    "marsa/oil",
    "مؤسسة النفط الليبية ترفع حالة القوة القاهرة عن مصفاة الزاوية",
    "رفعت المؤسسة الوطنية للنفط حالة القوة القاهرة في مصفاة الزاوية.\nوأوضح رئيس المؤسسة أن إصلاح المصفاة انتهى قبل موعده.",
    "2024-03-14T18:00:00+02:00",
    "صحيفة المرسى",
)


def test_an_article_like_the_one_that_was_split_off_joins_its_story(workspace: Workspace) -> None:
    put(workspace, *FIRE)
    old = story_of(workspace, "afaq/fire")
    assert story_of(workspace, "marsa/fire") == old
    made = decided(workspace, layer="story", verdict="split", article=2)
    new = story_of(workspace, "marsa/fire")
    with workspace.reading() as connection:
        rows = {row.id: row for row in connection.execute(select(stories))}
        assert (rows[new].title, rows[new].begin, rows[new].end) == (FIRE[1].title, "2024-03-12", "2024-03-12")
        assert (rows[old].title, rows[old].begin, rows[old].end) == (FIRE[0].title, "2024-03-11", "2024-03-13")
        assert (rows[old].reports, rows[new].reports) == (2, 1)
        told = select(events.c.story, func.max(article_events.c.article), func.min(article_events.c.article))
        joined = told.join(article_events, article_events.c.event == events.c.id).group_by(events.c.id, events.c.story)
        assert all(story == (new if n == m == 2 else old) for story, n, m in connection.execute(joined))
    put(workspace, OIL)
    assert story_of(workspace, "marsa/oil") == new
    list(reread(workspace, everything=True))
    assert (story_of(workspace, "afaq/fire"), story_of(workspace, "marsa/fire")) == (old, new)
    taken_back(workspace, made)
    assert {story_of(workspace, key) for key in ("afaq/fire", "marsa/fire", "sada/fire", "marsa/oil")} == {old}
    with workspace.reading() as connection:
        row = connection.execute(select(stories).where(stories.c.id == old)).one()
        assert (row.begin, row.end, row.reports) == ("2024-03-11", "2024-03-14", 4)


def test_a_merged_story_has_the_days_the_title_and_the_events_of_both(workspace: Workspace) -> None:
    early = article(
        "sada/visit", "وفد كوري يزور ميناء مصراتة", "زار وفد كوري ميناء مصراتة يوم الأحد.", "2024-03-10T09:00:00+02:00"
    )
    put(workspace, early, *FIRE)
    fire, visit = story_of(workspace, "afaq/fire"), story_of(workspace, "sada/visit")
    assert fire != visit
    made = decided(workspace, layer="story", verdict="merge", node=fire, others=[visit])
    with workspace.reading() as connection:
        row = connection.execute(select(stories).where(stories.c.id == fire)).one()
        assert (row.title, row.begin, row.end, row.reports) == (early.title, "2024-03-10", "2024-03-13", 4)
        assert connection.execute(select(events.c.id).where(events.c.story == visit)).all() == []
    taken_back(workspace, made)
    with workspace.reading() as connection:
        rows = {row.id: row for row in connection.execute(select(stories))}
        assert (rows[fire].title, rows[fire].begin, rows[visit].title) == (FIRE[0].title, "2024-03-11", early.title)
    decided(workspace, layer="story", verdict="correct", node=fire, change={"title": "حريق الزاوية"})
    decided(workspace, layer="story", verdict="merge", node=fire, others=[visit])
    with workspace.reading() as connection:
        assert connection.execute(select(stories.c.title).where(stories.c.id == fire)).scalar_one() == "حريق الزاوية"
