"""Copies are folded into their original, whatever the order they arrive in; what differs in a number or a name is no copy."""

import itertools

import msgspec
import pytest
from sqlalchemy import select

from khabar.record import Article
from khabar.workspace import Workspace
from khabar.workspace.adding import add
from khabar.workspace.tables import articles, bands, signatures
from tests.workspace.articles import article

BODY = [
    "أعلنت هيئة الموانئ في مدينة الساحل أمس أن سفينة شحن محملة بالحبوب جنحت قبالة الرصيف الشرقي بعد عطل أصاب محركها.",
    "وقال مدير الميناء سالم الحداد إن 12 بحارا أصيبوا بجروح طفيفة ونقلوا إلى المستشفى العام، وإن القاطرات بدأت سحب السفينة.",
    "وأوضح أن حركة الملاحة لم تتوقف، وأن لجنة من الخبراء ستفحص هيكل السفينة قبل السماح لها بمغادرة المياه الإقليمية.",
    "وتعد هذه الحادثة الثالثة من نوعها منذ بداية العام، وسط مطالب من نقابة البحارة بتشديد الرقابة على السفن القديمة.",
]
FIRST = article("port/1", "جنوح سفينة شحن قبالة ميناء الساحل", "\n".join(BODY), "2024-03-10T09:00:00+02:00", "وكالة الأفق")


def variant(
    id: str, published: str, *, title: str = "", body: list[str] | None = None, swap: tuple[str, str] = ("", "")
) -> Article:
    text = "\n".join(body or BODY)
    return article(id, (title or FIRST.title or "").replace(*swap), text.replace(*swap), published, "صحيفة المرسى")


EXACT = variant("port/2", "2024-03-10T12:00:00+02:00")
HEADLINE = variant("port/3", "2024-03-10T13:00:00+02:00", title="سفينة حبوب تجنح في الساحل وإصابة بحارة")
CUT = variant("port/4", "2024-03-11T08:00:00+02:00", body=BODY[:3])
EDITED = variant("port/5", "2024-03-10T15:00:00+02:00", swap=("بجروح طفيفة", "برضوض خفيفة"))
TOLL = variant("port/6", "2024-03-10T18:00:00+02:00", swap=("12 بحارا", "15 بحارا"))
WORDS = variant("port/7", "2024-03-10T18:00:00+02:00", swap=("12 بحارا", "خمسة عشر بحارا"))
PERSON = variant("port/8", "2024-03-10T18:00:00+02:00", swap=("سالم الحداد", "مراد القاضي"))
OTHER = article(
    "port/9",
    "إصابة 12 بحارا إثر جنوح سفينة",
    "ذكر شهود أن سفينة تجارية علقت صباح الأحد قرب الميناء الشرقي لمدينة الساحل. وبحسب مصدر طبي فإن 12 بحارا تلقوا العلاج.\n"
    "ونفى وكيل الشركة المالكة أن تكون السفينة قديمة، مضيفا أن سبب الحادث ما زال مجهولا وأن التحقيق بدأ.",
    "2024-03-10T16:00:00+02:00",
    "صحيفة المرسى",
)
SWAPPED = variant(
    "port/10", "2024-03-10T18:00:00+02:00", swap=("وتعد هذه الحادثة الثالثة", "وبعد 3 أيام و12 ساعة تعد هذه الحادثة الثالثة")
)
ARRIVES = article(
    "court/1",
    "رئيس وزراء البرتغال يصل إلى تونس",
    "وصل إلى تونس اليوم رئيس وزراء البرتغال والوفد المرافق له. وكان في مقدمة الحاضرين في المطار وزير الخارجية ووالي تونس "
    "وسفير البرتغال لدى الجمهورية وعدد من كبار الضباط وأعضاء السلك الدبلوماسي وجمع من المواطنين.",
    "2024-03-10T09:00:00+01:00",
)
LEAVES = article(
    "court/2",
    "رئيس وزراء البرتغال يغادر تونس",
    (ARRIVES.text.partition("\n")[2]).replace("وصل إلى تونس اليوم", "غادر تونس اليوم"),
    "2024-03-11T09:00:00+01:00",
)
COPIES = {"port/2": "exact", "port/3": "near", "port/4": "near", "port/5": "near"}


def put(workspace: Workspace, *items: Article) -> None:
    assert all(outcome.problem is None for outcome in add(workspace, items, fast=True))


def originals(workspace: Workspace) -> dict[str, tuple[str, str]]:
    """Keys of copies, each with its original and how it is a copy."""
    other = articles.alias()
    query = select(articles.c.key, other.c.key, articles.c.copy).join(other, other.c.id == articles.c.original)
    with workspace.reading() as connection:
        return {key: (original, copy) for key, original, copy in connection.execute(query)}


def test_copies_point_at_the_earliest_and_say_how_they_are_copies(workspace: Workspace) -> None:
    put(workspace, FIRST, EXACT, HEADLINE, CUT, EDITED, OTHER)
    assert originals(workspace) == {key: ("port/1", kind) for key, kind in COPIES.items()}


@pytest.mark.parametrize("differing", [TOLL, WORDS, PERSON, SWAPPED], ids=["toll", "toll in words", "person", "more figures"])
def test_a_text_with_another_figure_or_name_stays_a_report_of_its_own(workspace: Workspace, differing: Article) -> None:
    put(workspace, FIRST, differing)
    assert originals(workspace) == {}


def test_a_figure_of_the_headline_alone_is_no_difference(workspace: Workspace) -> None:
    first = article("port/11", "جنوح السفينة رقم 4 قبالة ميناء الساحل", "\n".join(BODY), "2024-03-10T09:00:00+02:00")
    put(
        workspace,
        first,
        msgspec.structs.replace(
            first, id="port/12", text=first.text.replace("بجروح", "برضوض"), published="2024-03-10T19:00:00+02:00"
        ),
    )
    assert originals(workspace) == {"port/12": ("port/11", "near")}


def test_two_writers_on_one_event_are_two_reports(workspace: Workspace) -> None:
    put(workspace, FIRST, OTHER)
    assert originals(workspace) == {}


@pytest.mark.parametrize("order", list(itertools.permutations([0, 1, 2])), ids=str)
def test_every_order_of_arrival_gives_the_same_copies(workspace: Workspace, order: tuple[int, ...]) -> None:
    for n in order:
        put(workspace, [FIRST, HEADLINE, EDITED][n])
    assert originals(workspace) == {"port/3": ("port/1", "near"), "port/5": ("port/1", "near")}


def test_an_earlier_text_that_arrives_later_becomes_the_original_of_all(workspace: Workspace) -> None:
    put(workspace, HEADLINE, CUT, EDITED)
    assert originals(workspace) == {"port/4": ("port/3", "near"), "port/5": ("port/3", "near")}
    put(workspace, FIRST)
    assert originals(workspace) == dict.fromkeys(("port/3", "port/4", "port/5"), ("port/1", "near"))


def test_a_new_revision_with_another_toll_leaves_its_copies_to_themselves(workspace: Workspace) -> None:
    put(workspace, FIRST, EXACT, EDITED)
    put(workspace, msgspec.structs.replace(FIRST, text=FIRST.text.replace("12 بحارا", "17 بحارا")))
    assert originals(workspace) == {"port/5": ("port/2", "near")}
    put(workspace, FIRST)
    assert originals(workspace) == {"port/2": ("port/1", "exact"), "port/5": ("port/1", "near")}


def test_a_text_printed_very_often_keeps_short_lists(workspace: Workspace) -> None:
    put(workspace, *(variant(f"again/{n}", f"2024-05-{1 + n // 24:02}T{n % 24:02}:00:00Z") for n in range(80)))
    found = originals(workspace)
    assert len(found) == 79
    assert {original for original, _ in found.values()} == {"again/0"}
    with workspace.reading() as connection:
        lists = [b for (b,) in connection.execute(select(bands.c.band))]
        assert max(lists.count(b) for b in set(lists)) <= 32
        assert len(connection.execute(select(signatures)).all()) == 80


def test_articles_without_words_or_time_are_no_copies_of_each_other(workspace: Workspace) -> None:
    nothing = [Article(id=f"none/{n}", text="؟؟؟ !!! ...") for n in range(2)]
    put(workspace, *nothing)
    assert originals(workspace) == {}


def test_of_copies_without_a_time_the_first_added_is_the_original(workspace: Workspace) -> None:
    undated = [msgspec.structs.replace(FIRST, id=f"undated/{n}", published=None) for n in range(2)]
    put(workspace, *undated)
    assert originals(workspace) == {"undated/1": ("undated/0", "exact")}
    put(workspace, FIRST)
    assert originals(workspace) == {"undated/0": ("port/1", "exact"), "undated/1": ("port/1", "exact")}


def test_who_leaves_is_no_copy_of_who_arrives(workspace: Workspace) -> None:
    put(workspace, ARRIVES, LEAVES)
    assert originals(workspace) == {}
    put(workspace, msgspec.structs.replace(LEAVES, id="court/3", published="2024-03-11T10:00:00+01:00", outlet="الصدى"))
    assert originals(workspace) == {"court/3": ("court/2", "exact")}
