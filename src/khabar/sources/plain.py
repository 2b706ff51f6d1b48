"""An article in plain text, as saved from a site: the layer of blocks finds its title, dates and captions."""

from collections.abc import Iterator

from khabar.record import Article
from khabar.sources.encoding import decode
from khabar.sources.problem import Problem
from khabar.sources.stream import Stream


def read(stream: Stream, path: str, encoding: str) -> Iterator[Article | Problem]:
    """The article of a file of plain text; its text is the file's content, line breaks unchanged."""
    text, broken = decode(stream.read(), encoding)
    if broken:
        message = f"{broken} places are not {encoding.upper()}; they are read as U+FFFD"
        yield Problem(path=path, message=message, fatal=False)
    yield Article(id=path, text=text, path=path)
