"""The lexicon's compiler: YAML that people write into JSON that a reading loads.

A file whose words have to be inflected names a function in `EXPANDERS`; it takes what the YAML holds, raises ValueError with the
entry at fault where it is wrong, and gives what the JSON shall hold. Every other file is copied as it stands.
"""

from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import msgspec
import yaml

from khabar.lexicon import GENERATED, HERE

EXPANDERS = {
    "cues": "khabar.lexicon.expand_cues:expand",
    "grammar": "khabar.lexicon.expand_events:grammar",
    "light": "khabar.lexicon.expand_events:light",
    "nouns": "khabar.lexicon.expand_events:nouns",
    "verbs": "khabar.lexicon.expand_events:verbs",
}
"""Name of a YAML file to `module:function`; imported only when the lexicon is compiled."""


def compiled(source: Path) -> bytes:
    """The generated JSON of one YAML file: stable, one entry a line so that a change can be read in a diff."""
    data = yaml.safe_load(source.read_text(encoding="utf-8"))
    if where := EXPANDERS.get(source.stem):
        module, _, function = where.partition(":")
        expand: Callable[[Any], Any] = getattr(import_module(module), function)
        data = expand(data)
    return "\n".join(_lines(data)).encode() + b"\n"


def _lines(data: Any, depth: int = 2) -> Iterator[str]:
    """JSON with one entry of the first two levels a line."""
    if not depth or not isinstance(data, dict | list) or not data:
        yield msgspec.json.encode(data).decode()
        return
    keys = [msgspec.json.encode(str(key)).decode() + ":" for key in data] if isinstance(data, dict) else [""] * len(data)
    values = list(data.values()) if isinstance(data, dict) else data
    yield "{" if isinstance(data, dict) else "["
    for n, (key, value) in enumerate(zip(keys, values, strict=True), 1):
        lines = list(_lines(value, depth - 1))
        lines[0] = key + lines[0]
        if n < len(keys):
            lines[-1] += ","
        yield from lines
    yield "}" if isinstance(data, dict) else "]"


def outdated(folder: Path = HERE, generated: Path = GENERATED) -> dict[Path, bytes | None]:
    """Generated files that are not what their source gives, with what they have to hold (None: no source, to be removed)."""
    wanted = {generated / f"{source.stem}.json": compiled(source) for source in sorted(folder.glob("*.yaml"))}
    changed: dict[Path, bytes | None] = {
        path: held for path, held in wanted.items() if not path.exists() or path.read_bytes() != held
    }
    return changed | {path: None for path in sorted(generated.glob("*.json")) if path not in wanted}
