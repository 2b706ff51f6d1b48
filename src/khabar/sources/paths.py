"""Files, folders, globs and standard input: which inputs a list of paths names."""

import glob
import os
from collections.abc import Iterable, Iterator

from khabar.sources.problem import Problem

STANDARD_INPUT = "-"

# What lies beside a saved page and holds no article; in a folder it is passed over.
_ASSETS = frozenset([
    ".css", ".js", ".mjs", ".map", ".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".ico", ".bmp", ".tiff",
    ".woff", ".woff2", ".ttf", ".otf", ".eot", ".mp3", ".mp4", ".webm", ".pdf", ".doc", ".docx", ".xls", ".xlsx", ".ppt",
    ".pptx", ".zip", ".tar", ".7z", ".rar", ".exe", ".dll", ".so", ".py", ".pyc", ".md", ".yaml", ".yml", ".toml",
    ".csv", ".tsv", ".sqlite", ".db",
])  # fmt: skip


def expand(paths: Iterable[str | os.PathLike[str]]) -> Iterator[str | Problem]:
    """Paths of the files that `paths` name, in order; what a folder or a glob holds comes sorted, hidden files left out.

    A path that names nothing gives a `Problem`.
    """
    for given in paths:
        path = os.fspath(given)
        if path == STANDARD_INPUT:
            yield path
        elif os.path.isdir(path):
            yield from _folder(path)
        elif os.path.lexists(path):
            yield path
        elif glob.has_magic(path):
            found = sorted(glob.glob(path, recursive=True))
            if not found:
                yield Problem(path=path, message="no file matches this pattern; check it, and quote it in the shell")
            for match in found:
                if os.path.isdir(match):
                    if not path.endswith("**"):  # "**" lists what the folders hold by itself
                        yield from _folder(match)
                else:
                    yield match
        else:
            yield Problem(path=path, message="no such file or folder; check the path")


def _folder(root: str) -> Iterator[str | Problem]:
    errors: list[OSError] = []
    found = 0
    for folder, subfolders, files in os.walk(root, onerror=errors.append):
        subfolders[:] = sorted(name for name in subfolders if not name.startswith("."))
        for name in sorted(files):
            path = os.path.join(folder, name)
            suffix = os.path.splitext(name.lower().removesuffix(".gz"))[1]
            if not name.startswith(".") and suffix not in _ASSETS and os.path.isfile(path):
                found += 1
                yield path
    for error in errors:
        yield Problem(path=error.filename, message=f"the folder cannot be opened ({error.strerror}); change its permissions")
    if not found and not errors:
        yield Problem(path=root, message="the folder holds no text, HTML or JSON file; give the folder that holds the articles")
