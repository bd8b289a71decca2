"""How well the fitted weights find partnerships that are held back, over several dealings.

Repeat with ``python -m benchmarks.affinity_quality --pairs FILE``.

The pairs are dealt into folds, each fold is asked about in a world that does not know it; this is
done with several dealings, and the figures are means over all questions of all dealings.
"""

import argparse
import json
import sys
from pathlib import Path

import numpy as np

from benchmarks.affinity_world import load_world, read_pairs
from benchmarks.fit_affinity import dealt
from entrecidades.engines.affinity import Atlas, Matcher, Model
from entrecidades.engines.affinity.evaluation import Tally, ask, report


def main() -> None:
    """Measure and print JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=Path, required=True)
    parser.add_argument("--weights", type=Path, help="those of the engine when left out")
    parser.add_argument("--dealings", type=int, default=3)
    parser.add_argument("--folds", type=int, default=10)
    parser.add_argument("--share", type=float, default=1.0, help="of the questions, drawn by lot")
    parser.add_argument("--country", default="", help="only pairs with an end in this country")
    options = parser.parse_args()
    world = load_world()
    pairs = list(read_pairs(options.pairs, world.row_of))
    ends = np.array([(pair.here, pair.there) for pair in pairs])
    asked = np.array([pair.sure for pair in pairs])
    if options.country:
        number = world.codes.index(options.country)
        asked &= (world.places.country[ends] == number).any(axis=1)
    base, model, tally = Atlas.of(world.places, ends), Model.load(options.weights), Tally()
    for dealing in range(options.dealings):
        rng = np.random.default_rng(dealing)
        fold = dealt(pairs, world.places, rng, options.folds)
        drawn = asked & (rng.random(len(pairs)) < options.share)
        for part in range(options.folds):
            blind = Matcher(base.with_links(ends[fold != part]), model)
            ask(blind, ends[drawn & (fold == part)], tally)
            print(f"dealing {dealing + 1}, fold {part + 1}", file=sys.stderr)
    print(json.dumps(report(base, tally, world.codes), indent=1))


if __name__ == "__main__":
    main()
