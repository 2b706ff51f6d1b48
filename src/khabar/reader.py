"""The reader: the layers in order, from an article to its record. A pure function of the article and Khabar's version."""

from khabar.layers import amounts, attributions, blocks, entities, events, figures, names, times
from khabar.record import Article, Record, Source
from khabar.script import Text
from khabar.tagger import Tagger


def read_article(article: Article, tagger: Tagger | None) -> Record:
    """Read one article; without a tagger it is read with lexicon and gazetteer alone."""
    page = blocks.find(article)
    text = Text(article.text, page.readable)
    tags = tagger.tag([[text.raw[t.start : t.end] for t in text.tokens[a:b]] for a, b in text.sentences]) if tagger else None

    found_amounts = amounts.find(text)
    found_times = times.find(text, page.published)
    found_entities = entities.join(text, names.find(text, tags), page.outlet)
    found_attributions = attributions.find(text, found_entities, tags)
    found_events = events.find(text, page, found_entities, found_times, found_attributions, tags)
    found_figures = figures.find(text, found_amounts, found_times, found_entities, found_attributions, found_events)
    found_entities = entities.settle(found_entities, found_attributions, found_events, found_figures)

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
