"""Articles on one happening are one story, over outlets, days and orders of arrival; the story stays when they are read again."""

import itertools
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import func, select

from khabar.record import Article
from khabar.sources import iter_articles
from khabar.workspace import Workspace
from khabar.workspace.adding import add
from khabar.workspace.rereading import reread
from khabar.workspace.stories import LISTED
from khabar.workspace.tables import articles, stories, story_terms
from tests.workspace.articles import VISIT, article

EXAMPLES = Path(__file__).parents[2] / "examples"
FIRE = [
    article(
        "afaq/fire",
        "حريق كبير في مصفاة الزاوية غربي ليبيا",
        "اندلع حريق كبير فجر الاثنين في مصفاة الزاوية غربي ليبيا بعد سقوط قذيفة على خزان للوقود.\n"
        "وقالت المؤسسة الوطنية للنفط إن فرق الإطفاء تحاول السيطرة على النيران في المصفاة.",
        "2024-03-11T09:00:00+02:00",
        "وكالة الأفق",
    ),
    article(
        "marsa/fire",
        "مؤسسة النفط الليبية تعلن القوة القاهرة بعد حريق مصفاة الزاوية",
        "أعلنت المؤسسة الوطنية للنفط حالة القوة القاهرة في مصفاة الزاوية بعدما ألحق الحريق أضرارا بخزانات الوقود.\n"
        "وأوضح رئيس المؤسسة أن إصلاح المصفاة يحتاج إلى أسابيع.",
        "2024-03-12T18:00:00+02:00",
        "صحيفة المرسى",
    ),
    article(
        "sada/fire",
        "السيطرة على حريق مصفاة الزاوية",
        "تمكنت فرق الإطفاء من السيطرة على الحريق الذي شب في خزانات مصفاة الزاوية قبل يومين، بحسب المؤسسة الوطنية للنفط.",
        "2024-03-13T08:00:00+02:00",
        "إذاعة الصدى",
    ),
]
OTHER_FIRE = article(
    "afaq/forest",
    "حريق غابات يلتهم عشرات الهكتارات في تيزي وزو",
    "يكافح رجال الحماية المدنية الجزائرية حريقا في غابات ولاية تيزي وزو أتى على عشرات الهكتارات من أشجار الزيتون.",
    "2024-03-12T10:00:00+01:00",
)


def put(workspace: Workspace, *items: Article) -> None:
    assert all(outcome.problem is None for outcome in add(workspace, items, fast=True))


def grouped(workspace: Workspace) -> set[frozenset[str]]:
    """Keys of articles by story."""
    with workspace.reading() as connection:
        rows = connection.execute(select(articles.c.story, articles.c.key).order_by(articles.c.story)).all()
    assert all(story for story, _ in rows)
    return {frozenset(key for _, key in group) for _, group in itertools.groupby(rows, key=lambda r: r.story)}


def consistent(workspace: Workspace) -> None:
    """What stories say of themselves is what their articles say."""
    with workspace.reading() as connection:
        for row in connection.execute(select(stories)):
            its = connection.execute(select(articles).where(articles.c.story == row.id)).all()
            assert row.articles == len(its)
            assert row.reports == sum(a.original is None for a in its)
            days = [a.day for a in its if a.day]
            if days:
                assert (row.begin, row.end) == (min(days), max(days))


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))), ids=str)
def test_reports_of_one_happening_are_one_story_in_any_order(workspace: Workspace, order: tuple[int, ...]) -> None:
    for n in order:
        put(workspace, FIRE[n])
    put(workspace, OTHER_FIRE, VISIT)
    assert grouped(workspace) == {frozenset(a.id for a in FIRE), frozenset([OTHER_FIRE.id]), frozenset([VISIT.id])}
    consistent(workspace)
    with workspace.reading() as connection:
        row = connection.execute(select(stories).where(stories.c.articles == 3)).one()
        assert (row.title, row.begin, row.end, row.reports) == (FIRE[0].title, "2024-03-11", "2024-03-13", 3)


def test_one_batch_or_many_make_no_difference(workspace: Workspace) -> None:
    put(workspace, *FIRE, OTHER_FIRE, VISIT)
    assert grouped(workspace) == {frozenset(a.id for a in FIRE), frozenset([OTHER_FIRE.id]), frozenset([VISIT.id])}


def test_the_flood_of_the_examples_is_one_story_of_two_outlets(workspace: Workspace) -> None:
    put(workspace, *(a for a in iter_articles([EXAMPLES]) if isinstance(a, Article)))
    found = grouped(workspace)
    assert frozenset(["madar/1", "sahel/2"]) in found
    assert len(found) == 5


def test_a_copy_goes_with_its_original_and_counts_for_nothing(workspace: Workspace) -> None:
    copy = msgspec.structs.replace(FIRE[0], id="copy/1", outlet="نشرة الصباح", published="2024-03-11T12:00:00+02:00")
    put(workspace, FIRE[0], copy, FIRE[1])
    with workspace.reading() as connection:
        row = connection.execute(select(stories)).one()
        assert (row.articles, row.reports) == (3, 2)
    first = msgspec.structs.replace(FIRE[0], id="copy/0", published="2024-03-11T06:00:00+02:00")
    put(workspace, first)
    with workspace.reading() as connection:
        row = connection.execute(select(stories)).one()
        assert (row.articles, row.reports) == (4, 2)
    consistent(workspace)


def test_the_same_words_months_later_are_another_story(workspace: Workspace) -> None:
    later = msgspec.structs.replace(FIRE[2], id="later", published="2024-06-13T08:00:00+02:00")
    put(workspace, FIRE[0], later)
    assert grouped(workspace) == {frozenset(["afaq/fire"]), frozenset(["later"])}


def test_stories_stay_when_their_articles_are_read_again(workspace: Workspace) -> None:
    put(workspace, *FIRE, OTHER_FIRE, VISIT)
    with workspace.reading() as connection:
        before = dict(iter(connection.execute(select(articles.c.key, articles.c.story))))
        rows = connection.execute(select(stories).order_by(stories.c.id)).all()
    for _ in range(2):
        assert len(list(reread(workspace, everything=True))) == 5
    with workspace.reading() as connection:
        assert dict(iter(connection.execute(select(articles.c.key, articles.c.story)))) == before
        assert connection.execute(select(stories).order_by(stories.c.id)).all() == rows


def test_an_article_that_becomes_another_leaves_its_story(workspace: Workspace) -> None:
    put(workspace, *FIRE)
    put(workspace, msgspec.structs.replace(VISIT, id=FIRE[0].id))
    assert grouped(workspace) == {frozenset(["afaq/fire"]), frozenset(["marsa/fire", "sada/fire"])}
    consistent(workspace)


def test_articles_without_words_or_days_do_no_harm(workspace: Workspace) -> None:
    put(
        workspace,
        Article(id="none/1", text="؟؟؟"),
        Article(id="none/2", text="... ..."),
        msgspec.structs.replace(VISIT, published=None),
    )
    consistent(workspace)


def test_lists_of_terms_stay_short(workspace: Workspace) -> None:
    towns = "".join("ابتثجحخدذرزسشصضطظعغفقكلمنهوي")
    put(
        workspace,
        *(
            article(
                f"x/{n}",
                f"افتتاح مدرسة {a * 3}{b * 2} في ورقلة",
                f"دشن والي ورقلة مدرسة {a * 3}{b * 2} ومكتبة {b * 3}{a * 2} وملعب {a * 2}{b * 4}.",
            )
            for n, (a, b) in enumerate(itertools.islice(itertools.permutations(towns, 2), 90))
        ),
    )
    with workspace.reading() as connection:
        longest = connection.execute(
            select(func.count()).select_from(story_terms).group_by(story_terms.c.term, story_terms.c.week)
        ).scalars()
        assert max(longest) <= LISTED
    consistent(workspace)
