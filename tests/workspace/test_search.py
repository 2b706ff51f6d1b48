"""Search: words find articles however they are written, on both databases alike, and no query does harm."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, insert, select

from khabar.record import Article, Entity, Mention, Record, Source
from khabar.workspace import Workspace, indexing
from khabar.workspace.adding import add
from khabar.workspace.forms import folded, listed, term_of, terms
from khabar.workspace.linking import Added
from khabar.workspace.listing import articles_page, events_page
from khabar.workspace.preparing import prepare
from khabar.workspace.search import search
from khabar.workspace.tables import article_entities, articles, entities, revisions
from khabar.workspace.views import Filter, Hit
from tests.workspace.articles import FLOOD, VISIT

TEXTS = {
    "port": ("انفجار في الميناء", "وقع انفجار ببنغازي مساء الخميس، وقالت الشرطة إن ٣ أشخاص أُصيبوا."),
    "road": ("طريق جديدة", "افتتح الوزير الطريق بين طرابلس وبنغازي بعد عامين من العمل."),
    "dam": ("خلاف على السد", "بحث الوفدان ملء سدّ النهضة، ولم يتفقا على السدود الأخرى."),
    "general": ("زيارة", "استقبل القائد العام وفدا من البرلمان. وقال فيصل إنه لن يصل إلى المدينة قبل الأحد."),
    "trade": ("أرقام", "بلغت الصادرات 11,470 طنّا بنسبة 3.5 في المئة، وفق شركة Maersk في بيان مشترك مع إدارة الجمارك."),
    "late": ("يصل غدا", "يصل المسؤول إلى غزّة، وستكون للمستشفى حصة من المساعدات الإنسانيـــة."),
}
NAMES = tuple(TEXTS)


def index(connection: Connection, number: int, key: str, title: str, body: str, day: str, names: dict[str, str]) -> None:
    """Store and index an article that names the general, without reading it."""
    text = f"{title}\n{body}"
    found = [(ar, en, text.index(ar)) for ar, en in names.items() if ar in text]
    people = [
        Entity(id=f"e{n}", type="person", name=ar, name_en=en or None, mentions=[Mention((at, at + len(ar)), ar, "name")])
        for n, (ar, en, at) in enumerate(found)
    ]
    record = Record(id=key, source=Source(), title=title, published=day, text=text, entities=people)
    prepared = prepare(Article(id=key, text=text, titled=True, title=title), record)
    connection.execute(insert(articles).values(key=key, revision=1, title=title, published=day, day=day, outlet=key))
    made = {"format": "khabar/1", "version": "0", "fast": True, "added": "2024-03-11T00:00:00+00:00", "given": {}}
    connection.execute(insert(revisions).values(article=number, number=1, digest="", record=prepared.blob, **made))
    for entity, (ar, _, at) in zip(people, found, strict=True):
        row = {
            "article": number,
            "local": entity.id,
            "type": "person",
            "name": ar,
            "start": at,
            "stop": at + len(ar),
            "quote": ar,
        }
        connection.execute(insert(article_entities).values(entity=1, **row))
    indexing.add(connection, [Added(number, prepared, record)])


@pytest.fixture
def connection(workspace: Workspace) -> Iterator[Connection]:
    with workspace.writing() as writing:
        node = {"type": "person", "name": "خليفة حفتر", "name_en": "Khalifa Haftar", "identifiers": {}, "articles": 1}
        writing.execute(insert(entities).values(**node))
        for number, (key, (title, body)) in enumerate(TEXTS.items(), 1):
            index(writing, number, key, title, body, f"2024-03-{number:02}", {"القائد العام": ""})
    with workspace.reading() as found:
        yield found


def keys(connection: Connection, query: str, **narrowed: str) -> set[str]:
    return {hit.article.key for hit in search(connection, query, Filter(**narrowed)).items}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("بنغازي", {"port", "road"}),
        ("ببنغازي", {"port", "road"}),
        ("وبنغازى", {"port", "road"}),
        ("لبنغازي طرابلس", {"road"}),
        ("السد", {"dam"}),
        ("سدّ", {"dam"}),
        ("فيصل", {"general"}),
        ("يصل", {"general", "late"}),
        ("غزه", {"late"}),
        ("المستشفى", {"late"}),
        ("الانسانية", {"late"}),
        ("3", {"port", "trade"}),
        ("٣ اشخاص", {"port"}),
        ("11470", {"trade"}),
        ("١١٬٤٧٠", {"trade"}),
        ("3.5", {"trade"}),
        ("maersk", {"trade"}),
        ("Haftar", {"general"}),
        ("khalifa haftar", {"general"}),
        ('"Khalifa Haftar" البرلمان', {"general"}),
        ("Haftar بنغازي", set()),
        ("Saddam Haftar", set()),
        ('"القائد العام"', {"general"}),
        ('"العام القائد"', set()),
        ("«القائد العام»", {"general"}),
        ("بنغازي -انفجار", {"road"}),
        ('بنغازي -"الطريق بين"', {"port"}),
        ("-بنغازي", {"dam", "general", "trade", "late"}),
        ("-بنغازي -Haftar", {"dam", "trade", "late"}),
        ("سدو*", {"dam"}),
        ("طراب*", {"road"}),
        ('"ملء سد"', {"dam"}),
        ("maer*", {"trade"}),
        ("haft*", set()),
        ("؟!", set()),
        ("كلمة غير موجودة", set()),
    ],
)
def test_what_a_query_finds(connection: Connection, query: str, expected: set[str]) -> None:
    assert keys(connection, query) == expected


def test_an_empty_query_finds_all_the_latest_first(connection: Connection) -> None:
    assert [hit.article.key for hit in search(connection, " ").items] == list(reversed(NAMES))


def test_a_word_of_the_title_weighs_more(connection: Connection) -> None:
    assert [hit.article.key for hit in search(connection, "يصل").items] == ["late", "general"]


def test_a_search_is_narrowed_like_a_listing(connection: Connection) -> None:
    assert keys(connection, "بنغازي", outlet="road") == {"road"}
    assert keys(connection, "بنغازي", begin="2024-03-02") == {"road"}
    assert keys(connection, "", outlet="dam") == {"dam"}
    assert [a.key for a in articles_page(connection, Filter(text="بنغازي -انفجار")).items] == ["road"]
    assert events_page(connection, Filter(text="بنغازي")).items == []


def test_parts_of_a_search_are_the_whole(connection: Connection) -> None:
    for query in ("", "بنغازي", "في", "Haftar"):
        whole = search(connection, query)
        found: list[Hit] = []
        cursor = None
        while True:
            part = search(connection, query, limit=1, cursor=cursor)
            found += part.items
            if (cursor := part.next) is None:
                break
        assert found == whole.items


def test_the_words_found_are_marked_in_the_text(connection: Connection) -> None:
    def marked(query: str) -> list[str]:
        (hit,) = search(connection, query).items
        title, body = TEXTS[hit.article.key]
        text = f"{title}\n{body}"
        assert hit.snippet.quote == text[hit.snippet.start : hit.snippet.stop]
        return [text[a:b] for a, b in hit.snippet.marks]

    assert marked("طرابلس بنغازي") == ["طرابلس", "وبنغازي"]
    assert marked('"القائد العام"') == ["القائد العام"]
    assert marked("Haftar") == ["القائد العام"]
    assert marked("اصيب*") == ["أُصيبوا"]
    (hit,) = search(connection, "خلاف").items
    assert [TEXTS["dam"][0][a:b] for a, b in hit.title] == ["خلاف"]
    assert hit.snippet.start == 0, "only the title has the word"


def test_a_changed_article_is_found_by_its_new_words_alone(workspace: Workspace) -> None:
    list(add(workspace, [FLOOD, VISIT], fast=True))
    with workspace.reading() as connection:
        assert keys(connection, "درنة") == {FLOOD.id}
        assert keys(connection, "Derna") == {FLOOD.id}
    changed = Article(id=FLOOD.id, text="خبر آخر\nلا شيء عن تلك المدينة.", titled=True, title="خبر آخر")
    list(add(workspace, [changed], fast=True))
    with workspace.reading() as connection:
        assert keys(connection, "درنة") == set()
        assert keys(connection, "Derna") == set()
        assert keys(connection, "خبر") == {FLOOD.id}
        assert keys(connection, "أنقرة") == {VISIT.id}
        assert connection.execute(select(articles.c.revision).where(articles.c.key == FLOOD.id)).scalar_one() == 2


PROCLITICS = ("و", "ف", "ب", "ل", "ك", "س", "ال", "وال", "بال", "فب", "ول")


def test_each_word_of_a_text_finds_it_with_any_proclitic(connection: Connection) -> None:
    own = listed("own.txt")
    for key, (title, body) in TEXTS.items():
        for word in f"{title} {body}".split():
            if len(terms(word)) != 1:
                continue
            assert key in keys(connection, word)
            bare = folded(word.strip(".،"))
            for proclitic in PROCLITICS:
                if len(bare) > 2 and bare.isalpha() and not bare.isascii() and folded(proclitic + bare) not in own:
                    assert term_of(proclitic + bare) == term_of(bare), (proclitic, bare)
                    assert key in keys(connection, proclitic + bare), (proclitic, bare)


LETTERS = st.text("ابتثجحخدذرزسشصضطظعغفقكلمنهوي", min_size=3, max_size=9)


@settings(max_examples=500)
@given(word=LETTERS, proclitic=st.sampled_from(PROCLITICS))
def test_a_word_and_the_same_after_a_proclitic_are_one_term(word: str, proclitic: str) -> None:
    own = listed("own.txt")
    whole = proclitic + word
    if not any(whole[i:] in own for i in range(len(proclitic))):
        assert term_of(whole) == term_of(word)


def test_a_word_of_its_own_is_not_parted() -> None:
    for alone, glued in (("فيصل", "لفيصل"), ("وزير", "والوزير"), ("لقاء", "للقاء"), ("سلمان", "وسلمان"), ("كوريا", "بكوريا")):
        assert term_of(alone) == term_of(glued) == alone
    assert {term_of(word) for word in ("يد", "بيد", "اليد")} <= {"يد", "بيد"}
    assert term_of("Erdoğan") == term_of("ERDOGAN") == "erdogan"


ODD = st.text(st.one_of(st.characters(), st.sampled_from("\"*-+()^:{}~'\\&|!<>ـبنغازيو«»"), st.sampled_from(" \0\ud800\u200f")))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=ODD)
def test_no_query_is_an_error(connection: Connection, query: str) -> None:
    for hit in search(connection, query).items:
        text = "\n".join(TEXTS[hit.article.key])
        assert all(0 <= a < b <= len(text) for a, b in hit.snippet.marks)
        assert hit.snippet.quote == text[hit.snippet.start : hit.snippet.stop]
    articles_page(connection, Filter(text=query, actor=query))


@pytest.mark.parametrize(
    "query",
    ['"', "*", "-", "NEAR(a b)", "title:x", "a AND", "^x", "'; DROP TABLE articles; --", '"a" "', "(" * 500, "a* b*" * 300],
)
def test_words_of_other_query_languages_are_words(connection: Connection, query: str) -> None:
    assert keys(connection, query) <= set(NAMES)
    assert keys(connection, "بنغازي") == {"port", "road"}
