"""Blocks: the parts of a page, and what a page says of itself (title, timestamps, outlet, byline)."""

import msgspec

from khabar.record import Article, Block, Span


class Page(msgspec.Struct, kw_only=True):
    """An article cut into blocks. `published` and `updated` are ISO 8601 with a zone where one is known."""

    blocks: list[Block]
    title: str | None = None
    published: str | None = None
    updated: str | None = None
    outlet: str | None = None
    author: str | None = None
    dateline: str | None = None

    @property
    def readable(self) -> list[Span]:
        """Spans of the blocks that are read: all but furniture, timestamps and bylines."""
        return [b.span for b in self.blocks if b.kind not in ("furniture", "timestamp", "byline")]


def find(article: Article) -> Page:
    """Cut an article into blocks."""
    blocks, at = [], 0
    for n, piece in enumerate(article.text.splitlines(keepends=True)):
        if body := piece.strip():
            start = at + piece.index(body)
            kind = "title" if n == 0 and article.titled else "paragraph"
            blocks.append(Block(kind, (start, start + len(body))))  # type: ignore[arg-type]
        at += len(piece)
    return Page(
        blocks=blocks,
        title=article.title,
        published=article.published,
        updated=article.updated,
        outlet=article.outlet,
        author=article.author,
    )
