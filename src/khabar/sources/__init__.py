"""How an article arrives: one module a kind of input. Sources know only the record."""

import json
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from khabar.record import Article


class Problem(msgspec.Struct, frozen=True):
    """An input that gives no article: where it stands and why."""

    path: str
    line: int | None
    reason: str

    def __str__(self) -> str:
        return f"{self.path}{f':{self.line}' if self.line else ''}: {self.reason}"


def iter_articles(
    paths: Iterable[str], fields: Mapping[str, str] | None = None, published: str | None = None
) -> Iterator[Article | Problem]:
    """Articles of JSON Lines files, in order; other kinds of input follow."""
    names = {
        name: (fields or {}).get(name, name)
        for name in ("title", "text", "published", "updated", "outlet", "url", "author", "id")
    }
    for path in paths:
        try:
            with open(path, encoding="utf-8") as file:
                for n, line in enumerate(file, 1):
                    try:
                        found = {name: json.loads(line).get(key) for name, key in names.items()}
                    except (ValueError, AttributeError):
                        yield Problem(path, n, "not a JSON object")
                        continue
                    found["text"] = f"{found['title']}\n{found['text']}" if found["title"] else found["text"]
                    found["id"] = found["id"] or f"{path}:{n}"
                    found["published"] = found["published"] or published
                    yield Article(**found, titled=bool(found["title"]), path=path, line=n)
        except OSError as error:
            yield Problem(path, None, error.strerror or "cannot be read")
