"""From cues to attributions: sentence by sentence, with the speakers of the article in memory."""

from khabar.layers.attributions.cues import scan
from khabar.layers.attributions.drafts import Draft
from khabar.layers.attributions.headlines import post
from khabar.layers.attributions.layout import Layout
from khabar.layers.attributions.sentence import Sentence
from khabar.layers.attributions.speakers import Speakers
from khabar.record import Entity


class Rules:
    """Reads the attributions of one text."""

    def __init__(self, layout: Layout, entities: list[Entity]) -> None:
        self.layout = layout
        self.speakers = Speakers(layout, entities)
        self.drafts: list[Draft] = []
        self.posts: list[Draft] = []

    def read(self) -> list[Draft]:
        """Attributions in the order of their cues."""
        cues = scan(self.layout.forms)
        at, sentences = 0, self.layout.text.sentences
        for n, (first, end) in enumerate(self.layout.paragraphs):
            title = n == 0 and len(self.layout.paragraphs) > 1
            if embedded := post(self.layout, self.speakers, sentences[first][0], sentences[end - 1][1]):
                self.posts.append(embedded)
            for a, b in sentences[first:end]:
                here = at
                while at < len(cues) and cues[at].token < b:
                    at += 1
                self.drafts += Sentence(self.layout, self.speakers, (a, b), cues[here:at], sentences[end - 1][1], title).read()
        self._place_posts()
        self._nest()
        return self.drafts

    def _place_posts(self) -> None:
        """A post whose author only tells what another says carries it; any other is the author's own words."""
        for post_ in self.posts:
            inside = [d for d in self.drafts if post_.start <= d.cue.token < post_.end and d.end - d.start > 0]
            for draft in inside:
                draft.voice.via = draft.voice.via or next(iter(post_.voice.sources), None)
            if not inside:
                self.drafts.append(post_)

    def _nest(self) -> None:
        """Speech inside what another says was carried by that other."""
        for inner in self.drafts:
            if inner.voice.via:
                continue
            around = [
                d
                for d in self.drafts
                if d is not inner
                and d.start <= inner.cue.token < d.end
                and d.end >= inner.end
                and d.voice.sources != inner.voice.sources
            ]
            if around and around[-1].voice.sources:
                outer = min(around, key=lambda d: d.end - d.start)
                if outer.voice.sources[0] not in inner.voice.sources:
                    inner.voice.via = outer.voice.sources[0]
