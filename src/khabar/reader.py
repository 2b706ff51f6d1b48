"""The reader: the layers in order, from an article to its record. A pure function of the article and Khabar's version."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from khabar.layers import amounts, attributions, blocks, entities, events, figures, names, times
from khabar.pool import Failure, ordered_map
from khabar.record import Article, Attribution, Entity, Record, Source, Time
from khabar.script import Text
from khabar.tagger import Tagger, Tags


class ReadError(Exception):
    """An article that could not be read; its message is one line for the person who gave it."""


class Reader:
    """Reads many articles; what is slow to load is loaded once. `fast` reads without the tagger."""

    def __init__(self, *, fast: bool = False) -> None:
        self.fast = fast
        self._tagger: Tagger | None = None

    @property
    def tagger(self) -> Tagger | None:
        """The neural tagger, loaded when it is first needed; None where the reader is fast."""
        if self._tagger is None and not self.fast:
            self._tagger = Tagger.load()
        return self._tagger

    def read(self, article: Article) -> Record:
        """The record of one article."""
        return read_article(article, self.tagger)

    def explain(self, article: Article, event: str | None = None) -> list[events.Reason]:
        """Why the events of an article (or the one with that id) were read as they were."""
        return explain_events(article, self.tagger, event)

    def read_many(self, articles: Iterable[Article], *, jobs: int = 1) -> Iterator[Record]:
        """The records of many articles, in their order, read by `jobs` processes.

        A program that asks for more than one job keeps its top level under `if __name__ == "__main__":`, as every use of
        `multiprocessing` asks. Raises `ReadError` at the first article that cannot be read.
        """
        make, settings = (lambda: self.read, ()) if jobs <= 1 else (_reading, (self.fast,))
        for article, record in ordered_map(make, settings, articles, jobs):
            if isinstance(record, Failure):
                raise ReadError(f"{article.id}: {record.reason}")
            yield record


def _reading(fast: bool) -> Callable[[Article], Record]:
    return Reader(fast=fast).read


class Before(NamedTuple):
    """An article read as far as events need it; ids of entities are not settled yet."""

    page: blocks.Page
    text: Text
    tags: list[Tags] | None
    amounts: list[amounts.Amount]
    times: list[Time]
    names: list[names.Name]
    entities: list[Entity]
    attributions: list[Attribution]


def _before_events(article: Article, tagger: Tagger | None) -> Before:
    page = blocks.find(article)
    text = Text(article.text, page.readable)
    tags = tagger.tag([[text.raw[t.start : t.end] for t in text.tokens[a:b]] for a, b in text.sentences]) if tagger else None
    found_amounts = amounts.find(text)
    found_times = times.find(text, page.published)
    found_names = names.find(text, tags)
    found_entities = entities.join(text, found_names, page.outlet)
    found_attributions = attributions.find(text, found_entities, tags)
    return Before(page, text, tags, found_amounts, found_times, found_names, found_entities, found_attributions)


def explain_events(article: Article, tagger: Tagger | None, event: str | None = None) -> list[events.Reason]:
    """Why the events of an article (or the one with that id) were read as they were."""
    page, text, tags, _, found_times, _, found_entities, found_attributions = _before_events(article, tagger)
    return events.explain(text, page, found_entities, found_times, found_attributions, tags, event)


def read_article(article: Article, tagger: Tagger | None) -> Record:
    """Read one article; without a tagger it is read with lexicon and gazetteer alone."""
    page, text, tags, found_amounts, found_times, found_names, found_entities, found_attributions = _before_events(
        article, tagger
    )
    found_events = events.find(text, page, found_entities, found_times, found_attributions, tags)
    found_figures = figures.find(text, found_amounts, found_times, found_entities, found_attributions, found_events)
    evidence = entities.Evidence(text, page, found_names, tags, found_attributions, found_events, found_figures)
    found_entities = entities.settle(found_entities, found_attributions, found_events, found_figures, evidence.weigh)
    events.retell(found_events, found_entities, found_attributions)

    return Record(
        id=article.id,
        source=Source(path=article.path, line=article.line, url=article.url, outlet=page.outlet, author=page.author),
        title=page.title,
        published=page.published,
        updated=page.updated,
        dateline=page.dateline,
        text=article.text,
        blocks=page.blocks,
        sentences=[text.sentence_span(n) for n in range(len(text.sentences))],
        entities=found_entities,
        times=found_times,
        attributions=found_attributions,
        events=found_events,
        figures=found_figures,
    )
