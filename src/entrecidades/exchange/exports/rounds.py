"""The columns of the pairs of a round, as those who run it and as everybody has them."""

from entrecidades.engines.affinity import PARTS

NAMED = (
    *("number", "first_id", "first", "first_country"),
    *("second_id", "second", "second_country"),
)
#: As everybody reads them once they are published.
PUBLISHED = (*NAMED, "seen_by_first", "seen_by_second", "reasons")
#: As the studio shows an answer: what each part gives of the score, and what else could be.
ANSWERED = (
    *(*NAMED, "score", "seen_by_first", "seen_by_second"),
    *(*PARTS, "reasons", "said", "second_best_id", "second_best", "second_best_costs", "needed"),
)
