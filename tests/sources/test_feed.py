"""Feeds: items of RSS and entries of Atom."""

from pathlib import Path

from khabar.record import Article
from khabar.sources import Problem, iter_articles

P1 = "وصل وزير الخارجية إلى العاصمة صباح الأحد على رأس وفد يضم وزيري الدفاع والاقتصاد."
P2 = "وقال الوزير إن لجنة مشتركة ستجتمع قبل نهاية الشهر."
RSS = f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>الأفق نيوز</title><link>https://example.org</link>
<item><title>زيارة &amp; لقاء</title><link>https://example.org/1</link><guid>tag:1</guid><dc:creator>سامي خليل</dc:creator>
<pubDate>Sun, 05 May 2024 14:05:00 +0300</pubDate><description>ملخص الخبر</description>
<content:encoded><![CDATA[<p>{P1}</p><script>var x;</script><p>وقال
<b>الوزير</b> إن لجنة مشتركة<br>ستجتمع.</p>]]></content:encoded>
</item>
<item><title>خبر بلا نص</title><link>https://example.org/2</link></item>
<item><description>{P1}</description><pubDate>31 Feb 2024</pubDate></item>
</channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>الأفق</title>
<entry><title type="html">زيارة</title><id>urn:7</id><link rel="self" href="https://example.org/self"/>
<link href="https://example.org/7"/><published>2024-05-05T14:05:00+03:00</published><updated>2024-05-06T10:00:00Z</updated>
<author><name>رنا عيسى</name></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{P1}</p><p>{P2}</p></div></content></entry></feed>"""


def read(tmp_path: Path, content: str, encoding: str = "utf-8") -> list[Article | Problem]:
    path = tmp_path / "feed"
    path.write_bytes(content.encode(encoding))
    return list(iter_articles([path]))


def test_rss(tmp_path: Path) -> None:
    first, empty, odd_date, last = read(tmp_path, RSS)
    assert isinstance(first, Article)
    assert first.text == f"زيارة & لقاء\n{P1}\nوقال الوزير إن لجنة مشتركة\nستجتمع."
    assert (first.id, first.url, first.outlet) == ("tag:1", "https://example.org/1", "الأفق نيوز")
    assert (first.author, first.published) == ("سامي خليل", "Sun, 05 May 2024 14:05:00 +0300")
    assert isinstance(empty, Problem)
    assert empty.fatal
    assert "خبر بلا نص" in empty.message
    assert isinstance(odd_date, Problem)
    assert not odd_date.fatal
    assert isinstance(last, Article)
    assert (last.text, last.titled, last.published, last.id) == (P1, False, None, f"{tmp_path / 'feed'}#3")


def test_atom(tmp_path: Path) -> None:
    (entry,) = read(tmp_path, ATOM)
    assert isinstance(entry, Article)
    assert entry.text == f"زيارة\n{P1}\n{P2}"
    assert (entry.id, entry.url, entry.author) == ("urn:7", "https://example.org/7", "رنا عيسى")
    assert (entry.published, entry.updated) == ("2024-05-05T14:05:00+03:00", "2024-05-06T10:00:00Z")


def test_a_feed_says_its_encoding(tmp_path: Path) -> None:
    found = read(tmp_path, RSS.replace("UTF-8", "windows-1256"), "cp1256")
    assert isinstance(found[0], Article)
    assert P1 in found[0].text


def test_a_feed_that_breaks_off(tmp_path: Path) -> None:
    found = read(tmp_path, RSS[: RSS.index("<item><title>خبر بلا") + 20])
    assert isinstance(found[0], Article)


def test_a_feed_without_items(tmp_path: Path) -> None:
    (problem,) = read(tmp_path, "<rss version='2.0'><channel><title>الأفق</title></channel></rss>")
    assert isinstance(problem, Problem)
    assert "no items" in problem.message


def test_no_entity_of_a_feed_is_opened(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("سر", encoding="utf-8")
    content = RSS.replace("<rss", f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file://{secret}">]><rss', 1).replace("ملخص الخبر", "&x;")
    content = content.replace(f"<description>{P1}", f"<description>&x;{P1}")
    assert all("سر" not in x.text for x in read(tmp_path, content) if isinstance(x, Article))
