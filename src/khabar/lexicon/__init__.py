"""What words mean, as data: small YAML files that a linguist edits, and the tables generated from them.

Each `lexicon/NAME.yaml` is compiled into `lexicon/generated/NAME.json` by `python -m khabar.lexicon`; `--check` fails where a
generated file is not what its source gives. A reading uses the generated files alone.
"""

from functools import cache
from pathlib import Path
from typing import Any

import msgspec

HERE = Path(__file__).parent
GENERATED = HERE / "generated"


@cache
def load(name: str) -> Any:
    """The generated table of `NAME.yaml`, as plain dicts and lists; shared, so not to be changed."""
    return msgspec.json.decode((GENERATED / f"{name}.json").read_bytes())
