"""What lexicon alone, tagger alone and both reach in the events of annotated articles.

    python benchmarks/event_ablation.py [--gold ../shared/gold/dev]

Every layer before the events is the same in each row of a pair: `fast` rows stand on names read without the tagger, the others
on names read with it. `tagger` takes each trigger that the tagger names, with the arguments, times, status and sameness that
its own scores give, and no word of the lexicon.
"""

import argparse
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from training.event_blend import tags_of
from training.events import SHARED
from training.gold_records import as_read, load

from khabar.layers import blocks
from khabar.layers.events import assemble
from khabar.layers.events.context import Context
from khabar.layers.events.neural import Neural
from khabar.layers.events.weights import Weights
from khabar.layers.events.weights import load as load_weights
from khabar.record import Record, Source
from khabar.script import Text
from khabar.tagger import Tagger

ALONE = {"event": (0.0, 1.0, 0.0), "alone": (1.0, 0.0), "status": (1.0,)}
"""A blend that hears the tagger alone."""
PARTS = ("actor", "recipient", "place", "when", "same")


def deaf(weights: Weights) -> Weights:
    """Weights that leave the lexicon's opinion out wherever the tagger has one."""
    blend = {**weights.blend, **ALONE, **dict.fromkeys(PARTS, (0.0, 1.0, 0.0))}
    blend["threshold"] = (0.4, 0.2, 0.4, 0.45, 0.35, 0.4, 0.4)
    fields = {name: getattr(weights, name) for name in weights.__struct_fields__}
    return Weights(**{**fields, "blend": blend})


def main() -> None:
    """Print precision, recall and F1 of each part of the events, one row a reader."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--gold", type=Path, default=SHARED / "gold/dev")
    asked = ask.parse_args()
    sys.path.insert(0, str(SHARED / "gold"))
    import score  # type: ignore[import-not-found]

    tagger, weights = Tagger.load(), load_weights()
    total: dict[str, Counter[tuple[str, int]]] = {}
    for gold in load(asked.gold):
        right = score.as_record(gold.annotation, gold.article.text)
        page = blocks.find(gold.article)
        text = Text(gold.article.text, page.readable)
        for names, reader in ((None, "fast"), (tagger, "names")):
            read = as_read(gold, reader and names)
            ways: list[tuple[str, Weights, Any]] = [(f"lexicon ({reader})", weights, None)]
            if names is not None:
                neural = Neural(text, tags_of(tagger, text))
                ways += [("tagger", deaf(weights), neural), ("both", weights, neural)]
            for way, table, heard in ways:
                context = Context(text, page, read.entities, read.times, read.attributions)
                if way == "tagger":
                    context.groups = []
                record = Record(
                    id=gold.article.id,
                    source=Source(),
                    text=gold.article.text,
                    entities=read.entities,
                    times=read.times,
                    attributions=read.attributions,
                    events=assemble(context, table, heard),
                )
                counts = total.setdefault(way, Counter())
                for layer, three in score.score(right, record.to_dict()).items():
                    for k, n in enumerate(three):
                        counts[layer, k] += n
    layers = [x for x in score.LAYERS if x.startswith("event")]
    print(f"{'':18}" + "".join(f"{x.removeprefix('event '):>22}" for x in layers))
    for way, counts in total.items():
        rates = [score.rates(*(counts[x, k] for k in range(3))) for x in layers]
        print(f"{way:18}" + "".join(f"{p:9.3f}{r:6.3f}{f:7.3f}" for p, r, f in rates))


if __name__ == "__main__":
    main()
