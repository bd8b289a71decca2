"""The peers of matching: what a user would reach for instead.

FAISS and scikit-learn look for the greatest inner product of the seeker's needs with the offers
of all places, and give neither reasons nor any other part of the score. The SQL computes eight
of our nine parts (all but history), from the same gains.
"""

from collections.abc import Callable

import duckdb
import faiss
import numpy as np
from numpy.typing import NDArray
from sklearn.neighbors import NearestNeighbors

from benchmarks.peers_gains import kinds, listed, names_of, places_of
from entrecidades.engines.affinity import PARTS, Atlas, Matcher

Vectors = NDArray[np.float32]
Search = Callable[[Vectors, int], tuple[NDArray[np.float32], NDArray[np.int64]]]

SQL_PARTS = tuple(part for part in PARTS if part != "history")


def faiss_flat(vectors: Vectors) -> Search:
    """Exact search by inner product; ``threads(n)`` says on how many cores."""
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(vectors)
    return index.search


def threads(count: int) -> None:
    """On how many cores FAISS may run."""
    faiss.omp_set_num_threads(count)


def sklearn_brute(vectors: Vectors) -> Search:
    """The same answer by Euclidean distance: one more dimension makes all vectors equally long."""
    squares = (vectors**2).sum(axis=1)
    longest = float(squares.max(initial=0))
    longer = np.sqrt(np.maximum(longest - squares, 0))[:, None]
    model = NearestNeighbors(algorithm="brute", n_jobs=1)
    model.fit(np.concatenate([vectors, longer], axis=1))

    def search(queries: Vectors, limit: int) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        flat = np.concatenate([queries, np.zeros((len(queries), 1), np.float32)], axis=1)
        distance, ids = model.kneighbors(flat, limit)
        own = (queries**2).sum(axis=1, keepdims=True)
        return (own + longest - distance**2) / 2, ids

    return search


QUERY = """
with me as (select * from place where id = $me),
mine as (select key, rarity from name where place = $me),
wanted as (
  select o.place, sum(n.share * o.depth) * $needs as gain
  from need n join offer o using (theme) where n.place = $me group by o.place),
given as (
  select n.place, sum(n.share * o.depth) * $offers as gain
  from offer o join need n using (theme) where o.place = $me group by n.place),
named as (
  select name.place, max(mine.rarity) as rarity
  from name join mine using (key) group by name.place),
pair as (
  select p.*, me.country as home, me.size as my_size, me.standing as my_standing,
    me.centre as my_centre, me.rank as my_rank, p.kind <> me.kind as unlike,
    bit_count(p.languages & me.languages) as spoken,
    bit_count(p.roles & me.roles) as alike,
    bit_count(p.programmes & me.programmes) as enrolled,
    (p.x - me.x) * (p.x - me.x) + (p.y - me.y) * (p.y - me.y)
      + (p.z - me.z) * (p.z - me.z) as chord
  from place p, me where p.country <> me.country)
select pair.id, coalesce(wanted.gain, 0) + coalesce(given.gain, 0) + coalesce(b.gain, 0)
  + d.gain + l.gain + r.gain + p.gain + k.gain + s.gain + u.gain + t.gain + o.gain + c.gain
  + n.gain as total
from pair
asof join distance d on pair.chord >= d.low
join language l on l.shared = pair.spoken
join shared_roles r on r.shared = pair.alike
join programme p on p.shared = pair.enrolled
join kind k on k.shared = pair.unlike::int
join size s on s.mine = pair.my_size and s.theirs = pair.size
join size_in_country u on u.country = pair.country and u.octave = pair.octave
join size_between t on t.home = pair.home and t.country = pair.country
  and t.octave = pair.octave
join role o on o.mine = pair.my_standing and o.theirs = pair.standing
join centre c on c.mine = pair.my_centre and c.theirs = pair.centre
join rank n on n.mine = pair.my_rank and n.theirs = pair.rank
left join wanted on wanted.place = pair.id
left join given on given.place = pair.id
left join named on named.place = pair.id
asof left join name_gain b on named.rarity >= b.low
order by total desc, pair.id limit $limit
"""


class Sql:
    """The world as tables of an analytical database, and one query over them."""

    def __init__(self, matcher: Matcher) -> None:
        self.model = matcher.model
        self.connection = duckdb.connect()
        self.connection.execute("set threads = 1")
        for name, columns in tables_of(matcher).items():
            frame = dict(columns)  # noqa: F841 - the database finds it by its name
            self.connection.execute(f"create table {name} as select * from frame")  # noqa: S608 - our own words

    def ask(self, place: int, limit: int) -> list[tuple[int, float]]:
        """The best candidates abroad and their totals."""
        given = {
            "me": place,
            "limit": limit,
            "needs": self.model.needs,
            "offers": self.model.offers,
        }
        return self.connection.execute(QUERY, given).fetchall()


def tables_of(matcher: Matcher) -> dict[str, dict[str, NDArray[np.generic]]]:
    """The columns of every table."""
    atlas = matcher.atlas
    shares = atlas.seekers.transposed(len(atlas))
    return {
        "place": places_of(atlas),
        "need": listed(shares, "theme", "share"),
        "offer": listed(atlas.places.offers, "theme", "depth"),
        "name": names_of(atlas),
        **kinds(matcher),
    }


def parts_sum(matcher: Matcher, place: int, ids: NDArray[np.int64]) -> NDArray[np.float64]:
    """What our own engine says of the parts that the SQL computes."""
    told = matcher.explain_many(place, ids.tolist())
    model, spans = matcher.model, matcher.model.spans()
    return np.array(
        [
            sum(
                part.score * spans[part.part] + model.low[part.part]
                for part in explanation.parts
                if part.part in SQL_PARTS
            )
            for explanation in told
        ]
    )


def needs_fit(atlas: Atlas, place: int, ids: NDArray[np.int64]) -> NDArray[np.float64]:
    """The share of a place's needs that others do well, worked out in plain Python."""
    wanted = dict(zip(*(column.tolist() for column in atlas.places.needs.row(place)), strict=True))
    total = sum(wanted.values())
    fits = []
    for row in ids.tolist():
        given = zip(*(column.tolist() for column in atlas.places.offers.row(row)), strict=True)
        fits.append(sum(wanted.get(theme, 0) * depth for theme, depth in given) / total)
    return np.array(fits)
