"""Affinity: which place suits which, as a sum of parts that are each shown.

The engine knows rows, not entities: give it one row per place (or association, or any other
body) and it answers with row numbers, numbers and codes; words are for the interfaces.

1. Columns. ``Places.of(latitude=, longitude=, population=, country=, region=, kind=, roles=,
   languages=, names=, keys=name_keys(...), needs=Sparse, offers=Sparse, programmes=,
   priorities=)``; all but the first five may be left out. ``CAPITAL`` is the role bit of a
   national capital; the bits ``LARGEST`` and ``METROPOLIS`` are derived; every higher bit is a
   role that the caller declares.
2. ``Atlas.of(places, pairs)``: ``pairs`` are the known partnerships, int[links, 2] of rows,
   without those of multilateral networks. ``atlas.save(folder)``, ``Atlas.open(folder)``
   (mapped copy-on-write), ``atlas.with_links(pairs)``, ``atlas.patched(row, Profile(...))``
   (a new atlas in which one profile has changed).
3. ``Model.load()``: the fitted weights of ``weights.json``, or of another file;
   ``model.weights()`` gives each part of ``PARTS`` its weight, 100 in sum.
4. ``Matcher(atlas, model)``
   - ``.suggest(row, limit=20, candidates=None, countries=None, roles=0, themes=None,
     exclude=(), abroad=True, partners=False)`` → ``Suggestions(ids, totals, scores)``,
     best first; ``totals`` 0 to 100 is the sum over parts of weight times score;
   - ``.suggest_all(limit=10, seekers=None, candidates=None, abroad=True, progress=None)`` →
     blocks of ``Lists(seekers, ids, gains)``, exact, pruned by bounds; -1 fills short lists;
   - ``.explain(row, other)`` → ``Explanation(total, parts)``: of each part the weight, the
     score and its facts (themes, populations, kilometres, links between the two regions ...);
     ``.explain_many(row, others)`` looks once for several;
   - ``.totals(row, ids)`` → the totals of any candidates, 0 to 100;
   - ``.scores(row, ids)`` → float32, comparable between candidates of one row.

``evaluate(matcher, pairs, codes)`` measures how well the lists agree with partnerships that are
held back (with the figures of ``engines.ranking``), and ``coverage(matcher, country)`` how many
places of a country are shown to anybody.

Examples
--------
Maputo looks for a counterpart: Torino rather than one of the villages near it:

>>> import numpy as np
>>> places = Places.of(
...     latitude=[-25.97, 45.07, 45.05], longitude=[32.58, 7.69, 7.67],
...     population=[1_191_613, 870_456, 1_200], country=[0, 1, 1], region=[0, 1, 1])
>>> matcher = Matcher(Atlas.of(places, np.zeros((0, 2))), Model.load())
>>> matcher.suggest(0, limit=2).ids.tolist()
[1, 2]
"""

from entrecidades.engines.affinity.atlas import Atlas, Profile
from entrecidades.engines.affinity.evaluation import coverage, evaluate
from entrecidades.engines.affinity.everyone import Lists
from entrecidades.engines.affinity.explain import Explanation, PartScore
from entrecidades.engines.affinity.matcher import Matcher, Suggestions
from entrecidades.engines.affinity.model import PARTS, Model
from entrecidades.engines.affinity.names import name_keys
from entrecidades.engines.affinity.places import CAPITAL, LARGEST, METROPOLIS, Places
from entrecidades.engines.affinity.sparse import Sparse

__all__ = [
    "CAPITAL",
    "LARGEST",
    "METROPOLIS",
    "PARTS",
    "Atlas",
    "Explanation",
    "Lists",
    "Matcher",
    "Model",
    "PartScore",
    "Places",
    "Profile",
    "Sparse",
    "Suggestions",
    "coverage",
    "evaluate",
    "name_keys",
]
