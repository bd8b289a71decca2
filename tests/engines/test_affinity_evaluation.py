"""The evaluation asks both ways, never lets the answer be known, and counts what is shown."""

import json

import numpy as np
import pytest

from entrecidades.engines.affinity import Atlas, Matcher, Model, coverage, evaluate
from entrecidades.engines.affinity.evaluation import forgetting, questions
from tests.factories.affinity import atlas

CODES = ["BR", "IT", "MZ", "FR"]
MODEL = Model.load()


def known_pairs(one):
    partners = one.history.partners
    pairs = np.stack([partners.owners(), partners.columns.astype(int)], axis=1)
    return pairs[pairs[:, 0] < pairs[:, 1]]


def test_what_is_asked_is_forgotten_and_nothing_else():
    one = atlas()
    pairs = known_pairs(one)
    blind = forgetting(one, pairs[:20, ::-1])
    assert {tuple(p) for p in known_pairs(blind)} == {tuple(p) for p in pairs[20:]}


def test_the_figures_do_not_depend_on_the_answers_being_known():
    one = atlas()
    pairs = known_pairs(one)
    told = evaluate(Matcher(one, MODEL), pairs[:20], CODES)
    blind = evaluate(Matcher(one.with_links(pairs[20:]), MODEL), pairs[:20], CODES)
    assert told == blind


def test_questions_go_both_ways_among_the_inhabited():
    one = atlas()
    population = one.places.population
    pairs = known_pairs(one)
    asked = list(questions(forgetting(one, pairs), pairs))
    assert len(asked) == (population[pairs] > 0).sum()
    for question in asked:
        assert question.partner in question.candidates
        assert (population[question.candidates] > 0).all()
        assert not question.barred[question.candidates == question.partner].any()


def test_other_known_partners_do_not_compete():
    one = atlas()
    pairs = known_pairs(one)
    for question in questions(forgetting(one, pairs[:20]), pairs[:20]):
        partners = set(one.history.partners.row(question.place)[0].tolist())
        barred = set(question.candidates[question.barred].tolist())
        assert barred <= partners | {question.place}
        assert question.partner not in barred


def test_the_report_is_json_with_every_group_adding_up():
    one = atlas()
    told = evaluate(Matcher(one, MODEL), known_pairs(one)[:30], CODES)
    assert json.loads(json.dumps(told)) == told
    for group in ("by_country_pair", "by_size", "by_start"):
        assert sum(part["queries"] for part in told[group].values()) == told["queries"]
    assert set(told["baselines"]) == {"random", "population", "population_similarity", "partners"}
    assert told["pairs"] == 30
    assert 0 < told["coverage"] <= 1
    assert 0.3 < told["baselines"]["random"]["auc"] < 0.7


def test_nothing_to_ask_is_no_error():
    assert evaluate(Matcher(atlas(), MODEL), [], CODES)["queries"] == 0


def test_coverage_counts_whom_anybody_abroad_is_shown():
    one = Matcher(atlas(), MODEL)
    inhabited = (one.atlas.places.country == 1) & (one.atlas.places.population > 0)
    assert coverage(one, 1) == pytest.approx(1.0, abs=0.5)
    alone = np.flatnonzero(one.atlas.places.country == 0)[:1]
    assert coverage(one, 1, seekers=alone) == pytest.approx(
        min(10, inhabited.sum()) / inhabited.sum(), abs=0.2
    )


def test_progress_reaches_the_end():
    told = []
    one = atlas()
    pairs = known_pairs(one)[:3]
    evaluate(Matcher(one, MODEL), pairs, CODES, progress=lambda *step: told.append(step))
    assert told[-1][0] == told[-1][1] == len(told)
    assert isinstance(forgetting(one, pairs), Atlas)
