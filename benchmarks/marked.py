"""A workspace of the articles of the news file that carry marks, among others: what is measured with marks is measured in."""

import random
from collections.abc import Callable
from pathlib import Path

from khabar.record import Article
from khabar.sources import iter_articles
from khabar.workspace import Workspace
from khabar.workspace.adding import add


def added(news: Path, folder: str, keys: set[str], others: int, among: Callable[[Article], bool] = bool) -> Workspace:
    """A new workspace in a folder: the articles with these keys and `others` more, drawn of those that `among` holds for."""
    items = [a for a in iter_articles([news]) if isinstance(a, Article) and a.published]
    rest = [a for a in items if a.id not in keys and among(a)]
    chosen = {a.id for a in random.Random(3).sample(rest, others)} | keys
    workspace = Workspace.open(f"{folder}/w.db", create=True)
    for _ in add(workspace, sorted((a for a in items if a.id in chosen), key=lambda a: a.published or ""), fast=True, jobs=1):
        pass
    return workspace
