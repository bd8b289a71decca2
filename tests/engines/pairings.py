"""Small problems of pairing drawn from a seed, and the best pairing found by trying all."""

import itertools

import numpy as np

from entrecidades.engines.pairing import Problem, Side

REGIONS = ("North", "South", None)


def side(rng, name, size, *, roomy):
    """A side with regions, perhaps with limits."""
    regions = [REGIONS[at] for at in rng.integers(0, 3, size)]
    held = sorted({region for region in regions if region})
    capacity = rng.integers(0, 3, size).tolist() if roomy else 1
    least = {region: int(rng.integers(0, 2)) for region in held if rng.random() < 0.4}
    most = {region: int(rng.integers(1, 4)) for region in held if rng.random() < 0.4}
    keys = [f"{name}{number}" for number in rng.permutation(size)]
    return Side.of(keys, capacity=capacity, regions=regions, least=least, most=most)


def drawn(seed):
    """A problem and its scores: a matrix with holes; scores repeat, so that there are ties."""
    rng = np.random.default_rng(seed)
    roomy = bool(rng.random() < 0.4)
    rows, columns = rng.integers(1, 6 if roomy else 9, 2).tolist()
    scores = rng.integers(-2, 8, (rows, columns)).astype(float)
    scores[rng.random(scores.shape) < 0.2] = np.nan
    links = list(itertools.product(range(rows), range(columns)))
    chosen = [links[at] for at in rng.permutation(len(links))[:3].tolist()]
    pins = tuple(chosen[:1]) if rng.random() < 0.3 else ()
    forbids = tuple(link for link in chosen[1:] if rng.random() < 0.3)
    most = int(rng.integers(1, 5)) if rng.random() < 0.3 else None
    sides = side(rng, "r", rows, roomy=roomy), side(rng, "c", columns, roomy=roomy)
    return Problem(*sides, pins, forbids, most), scores


def keeps(problem, links):
    """Whether a pairing keeps every limit, pin and forbidden pair."""
    if set(problem.forbids) & set(links) or set(problem.pins) - set(links):
        return False
    if len(links) > problem.total:
        return False
    for number, one in enumerate((problem.rows, problem.columns)):
        ends = [link[number] for link in links]
        if np.any(np.bincount(np.array(ends, int), minlength=len(one)) > one.capacity):
            return False
        held = [int(one.region[end]) for end in ends]
        for region in range(len(one.regions)):
            if not one.least[region] <= held.count(region) <= one.most[region]:
                return False
    return True


def best_by_trying(problem, scores, *, without=None):
    """What the best pairing is worth; None when none keeps the limits.

    Every set of columns is tried for every row; of those that have used the same columns equally
    often, and the rows' regions equally often, only the best is kept.
    """
    states = {((0,) * len(problem.columns), (0,) * len(problem.rows.regions)): 0.0}
    for row in range(len(problem.rows)):
        found = {}
        for chosen, worth in choices(problem, scores, row, without):
            for (used, shares), total in states.items():
                state = after(problem, used, shares, row, chosen)
                if state is not None:
                    found[state] = max(found.get(state, -np.inf), total + worth)
        states = found
    ends = [total for (used, shares), total in states.items() if ends_well(problem, used, shares)]
    return max(ends, default=None)


def choices(problem, scores, row, without):
    """The sets of columns that a row may have, and what each is worth."""
    columns = [
        column
        for column in range(len(problem.columns))
        if (row, column) in problem.pins
        or not ((row, column) in problem.forbids or np.isnan(scores[row, column]))
    ]
    must = {column for pinned, column in problem.pins if pinned == row}
    for size in range(int(problem.rows.capacity[row]) + 1):
        for chosen in itertools.combinations(columns, size):
            if must <= set(chosen) and not (
                without and without[0] == row and without[1] in chosen
            ):
                yield chosen, float(sum(np.nan_to_num(scores[row, column]) for column in chosen))


def after(problem, used, shares, row, chosen):
    """Where a row's choice leads; None where a limit is passed."""
    now = tuple(count + (column in chosen) for column, count in enumerate(used))
    if any(count > room for count, room in zip(now, problem.columns.capacity, strict=True)):
        return None
    region = problem.rows.region[row]
    held = tuple(count + (number == region) * len(chosen) for number, count in enumerate(shares))
    return now, held


def ends_well(problem, used, shares):
    """Whether the regions of both sides, and the number of all pairs, are within their limits."""
    rows, columns = problem.rows, problem.columns
    there = [
        sum(count for column, count in enumerate(used) if columns.region[column] == number)
        for number in range(len(columns.regions))
    ]
    within = [
        least <= count <= most
        for side, held in ((rows, shares), (columns, there))
        for least, count, most in zip(side.least, held, side.most, strict=True)
    ]
    return all(within) and sum(used) <= problem.total
