"""Pages: the body without what stands around it, and what a page says of itself."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from khabar.record import Article
from khabar.sources import Problem, iter_articles

P1 = "وصل وزير الخارجية إلى العاصمة صباح الأحد على رأس وفد يضم وزيري الدفاع والاقتصاد، في زيارة تستمر يومين."
P2 = "وقال الوزير في مؤتمر صحفي إن المحادثات تناولت فتح المعابر وإعادة الإعمار، وإن لجنة مشتركة ستجتمع قريبا."
TITLE = "وزير الخارجية يبدأ زيارة للعاصمة"
BODY = f"""<nav><a href="/">الرئيسية</a> <a href="/p">سياسة</a></nav><article><h1>{TITLE}</h1>
<figure><img src="x.jpg"><figcaption>الوزير لدى وصوله (الأناضول)</figcaption></figure>
<p>{P1}</p><h2>لجنة مشتركة</h2><p>{P2}</p></article><footer>جميع الحقوق محفوظة</footer>"""


def read(tmp_path: Path, head: str = "", body: str = BODY) -> list[Article | Problem]:
    path = tmp_path / "page.html"
    path.write_text(f"<!doctype html><html lang='ar'><head>{head}</head><body>{body}</body></html>", encoding="utf-8")
    return list(iter_articles([path]))


def one(tmp_path: Path, head: str = "", body: str = BODY) -> Article:
    (found,) = read(tmp_path, head, body)
    assert isinstance(found, Article)
    return found


def test_the_text_is_the_title_and_the_body(tmp_path: Path) -> None:
    article = one(tmp_path)
    assert article.text == f"{TITLE}\nالوزير لدى وصوله (الأناضول)\n{P1}\nلجنة مشتركة\n{P2}"
    assert (article.title, article.titled) == (TITLE, True)
    assert (article.published, article.outlet, article.author, article.url) == (None, None, None, None)
    assert article.id == article.path


def test_json_ld_comes_first(tmp_path: Path) -> None:
    said = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "WebSite", "name": "الأفق"},
            {
                "@type": ["NewsArticle"],
                "headline": TITLE,
                "datePublished": "2024-05-05T14:05:00+03:00",
                "dateModified": "2024-05-05T15:00:00+03:00",
                "author": [{"@type": "Person", "name": "سامي خليل"}, {"@type": "Person", "name": "رنا عيسى"}],
                "publisher": {"@type": "Organization", "name": "الأفق نيوز"},
                "url": "https://example.org/a",
            },
        ],
    }
    head = f"""<script type="application/ld+json">{json.dumps(said)}</script>
    <script type="application/ld+json">{{ not json</script>
    <meta property="og:title" content="عنوان آخر"><meta property="article:published_time" content="2020-01-01">"""
    article = one(tmp_path, head)
    assert article.title == TITLE
    assert (article.published, article.updated) == ("2024-05-05T14:05:00+03:00", "2024-05-05T15:00:00+03:00")
    assert (article.outlet, article.author) == ("الأفق نيوز", "سامي خليل، رنا عيسى")
    assert article.id == article.url == "https://example.org/a"


def test_open_graph_and_meta(tmp_path: Path) -> None:
    article = one(
        tmp_path,
        f"""<title>{TITLE} | الأفق نيوز</title><meta property="og:title" content="{TITLE} | الأفق نيوز">
        <meta property="og:site_name" content="الأفق نيوز"><meta name="author" content="سامي خليل">
        <meta property="article:published_time" content="2024-05-05T11:05:00Z">
        <meta property="article:modified_time" content="2024-05-05T12:00:00Z"><link rel="canonical" href="https://example.org/b">""",
    )
    assert (article.title, article.outlet, article.author) == (TITLE, "الأفق نيوز", "سامي خليل")
    assert (article.published, article.updated) == ("2024-05-05T11:05:00Z", "2024-05-05T12:00:00Z")
    assert article.url == "https://example.org/b"


def test_elements_of_the_page(tmp_path: Path) -> None:
    body = BODY.replace("</h1>", '</h1><time datetime="2024-05-05T14:05">5 مايو</time><a rel="author" href="/s">سامي خليل</a>')
    article = one(tmp_path, body=body)
    assert (article.published, article.author) == ("2024-05-05T14:05", "سامي خليل")


def test_a_date_that_is_none_is_left_out(tmp_path: Path) -> None:
    problem, article = read(tmp_path, '<meta property="article:published_time" content="2024-02-31">')
    assert isinstance(problem, Problem)
    assert isinstance(article, Article)
    assert (article.published, problem.fatal) == (None, False)


@pytest.mark.parametrize("body", ["", "<p></p>", "<nav><a href='/'>الرئيسية</a></nav>"])
def test_a_page_without_an_article(tmp_path: Path, body: str) -> None:
    (problem,) = read(tmp_path, body=body)
    assert isinstance(problem, Problem)
    assert problem.fatal


def test_a_page_in_another_language(tmp_path: Path) -> None:
    text = "The foreign minister arrived in the capital on Sunday for a visit of two days and met his counterpart. "
    (problem,) = read(tmp_path, body=f"<article><p>{text}</p><p>{text}</p></article>")
    assert isinstance(problem, Problem)
    assert "English" in problem.message


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.sampled_from(
            ["<p>", "</p>", "<div>", "<", "&", "&#0;", "]]>", "<figure>", "<figcaption>", "</figure>", P1, "\0", "<!--"]
        )
    )
)
def test_any_markup_gives_articles_or_problems(tmp_path: Path, pieces: list[str]) -> None:
    assert read(tmp_path, body="".join(pieces))
