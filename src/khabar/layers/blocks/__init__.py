"""Blocks: the parts of a page, and what a page says of itself (title, timestamps, outlet, byline).

Only what is surely no news is taken off the text (byline, timestamp, furniture); where it is in doubt, a line stays a paragraph,
since a fact that is not read is lost. Words of the page are data, in `lexicon/page.yaml`.
"""

import msgspec

from khabar.layers.blocks.finder import Finder
from khabar.layers.blocks.stamps import normalised
from khabar.record import Article, Block, Span


class Page(msgspec.Struct, kw_only=True):
    """An article cut into blocks, in order and apart; their spans have no white space around them.

    `published` and `updated` are ISO 8601, with a clock and a zone where they are known; `dateline` is the place under which
    the article was filed, as written, `dateline_span` where it stands with the day beside it, if any.
    """

    blocks: list[Block]
    title: str | None = None
    published: str | None = None
    updated: str | None = None
    outlet: str | None = None
    author: str | None = None
    dateline: str | None = None
    dateline_span: Span | None = None

    @property
    def readable(self) -> list[Span]:
        """Spans that are read, in order: all blocks but furniture, timestamps and bylines, and of a byline its dateline, since
        that is where the news happened."""
        place = self.dateline_span
        found: list[Span] = []
        for block in self.blocks:
            if block.kind == "byline" and place and block.span[0] <= place[0] and place[1] <= block.span[1]:
                found.append(place)
            elif block.kind not in ("furniture", "timestamp", "byline"):
                found.append(block.span)
        return found


def find(article: Article) -> Page:
    """Cut an article into blocks.

    What the source gave as fields (title, dates, outlet, author) is kept; what it did not give is read out of the text. In a
    page that was saved as text, its own timestamp comes before a date that was given for it. A date that is none gives None.
    """
    finder = Finder(article)
    finder.run(article)
    given = normalised(article.published) if article.published else None
    own = finder.published
    return Page(
        blocks=finder.blocks,
        title=article.title or (article.text[slice(*finder.title)] if finder.title else None),
        published=own if own and finder.own_date and not article.titled else given or own,
        updated=(normalised(article.updated) if article.updated else None) or finder.updated,
        outlet=article.outlet or finder.outlet,
        author=article.author or finder.author,
        dateline=finder.dateline,
        dateline_span=finder.dateline_span,
    )
