"""How an article arrives: plain text, HTML, JSON Lines; files, folders, patterns and standard input.

`iter_articles` is the one door. The kind of an input is found by its content (`kinds`), its encoding too (`encoding`), and
gzip is unpacked on the way (`stream`), so that neither a suffix nor a header has to be right.
"""

from khabar.sources.problem import Problem
from khabar.sources.reading import iter_articles

__all__ = ["Problem", "iter_articles"]
