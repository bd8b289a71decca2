"""The pairs of a round are published, and what follows for each."""

from datetime import datetime

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from entrecidades.audit.changes import changes_since, snapshot
from entrecidades.audit.services import record
from entrecidades.calls.choices import Act, Follow, RoundState, RunState
from entrecidades.calls.models import Pair, Round, Run
from entrecidades.calls.rules.pairing import NotYetPaired
from entrecidades.calls.selectors.rounds import to_publish
from entrecidades.calls.services.rounds import held
from entrecidades.cooperation.choices import ProgrammeState
from entrecidades.network.countries import official_languages
from entrecidades.projects.choices import Role
from entrecidades.projects.models import Project
from entrecidades.projects.services import begin_project
from entrecidades.queue.services import enqueue


@transaction.atomic
def publish_round(
    *,
    round_id: int,
    version: int,
    run_id: int,
    follow: Follow,
    by: AbstractBaseUser,
    at: datetime,
) -> Round:
    """Let the pairs of a run stand: new ones begin, those it gave up end, the others stay.

    For each new pair what follows is promised: a project if wanted, and a letter to both.

    Raises
    ------
    ChangedMeanwhile
        When somebody else has changed the round since it was shown.
    NotYetPaired
        When the run has no answer, or answers what is asked no longer, or the programme is a
        draft.
    """
    row, body = held(round_id, by, at, version=version)
    run = Run.objects.filter(pk=run_id, round=row).first()
    if run is None or run.state != RunState.DONE or run.version != row.version:
        raise NotYetPaired(_("What is asked has changed since this answer: compute it again."))
    if row.call_id is None and row.programme.state == ProgrammeState.DRAFT:
        raise NotYetPaired(_("Publish the programme first: its pairs name it."))
    changes = to_publish(row, run)
    if not changes.came and not changes.went:
        raise NotYetPaired(_("These pairs are published already."))
    made = _turn(row, run, at)
    before = snapshot(row, "state", "published_at")
    row.state, row.published_at = RoundState.PUBLISHED, at
    row.save(update_fields=["state", "published_at"])
    record(
        Act.PUBLISH_ROUND,
        subject=row,
        by=by,
        body=body,
        changes=changes_since(before, row),
        run=run.number,
        worth=run.worth,
        bound=run.bound,
        begun=len(changes.came),
        ended=len(changes.went),
        follow=follow,
    )
    for pair in made:
        enqueue("calls.follow_pair", pair_id=pair.pk, follow=follow, by=by.pk)
    return row


def _turn(row: Round, run: Run, at: datetime) -> list[Pair]:
    """End the pairs that a run gave up, and make its new ones."""
    there = {(one.first_id, one.second_id): one for one in row.pairs.standing()}
    found = {(one["first"], one["second"]): one["score"] for one in run.pairs}
    gone = [one.pk for link, one in there.items() if link not in found]
    Pair.objects.filter(pk__in=gone).update(ended_at=at)
    new = [
        Pair(round=row, run=run, first_id=link[0], second_id=link[1], score=score, made_at=at)
        for link, score in sorted(found.items())
        if link not in there
    ]
    Pair.objects.bulk_create(new)
    links = {(one.first_id, one.second_id) for one in new}
    standing = row.pairs.standing()
    return [one for one in standing if (one.first_id, one.second_id) in links]


@transaction.atomic
def follow_pair(*, pair_id: int, follow: Follow, by_id: int, at: datetime) -> Pair | None:
    """Do for a pair what was promised when it was published; done twice it is done once."""
    rows = Pair.objects.select_for_update(of=("self",)).whole()
    pair = rows.standing().filter(pk=pair_id).first()
    person = get_user_model().objects.filter(pk=by_id).first()
    if pair is None or person is None:
        return None
    if follow == Follow.PROJECT and pair.project is None:
        pair.project = _project_of(pair, person, at)
        pair.save(update_fields=["project"])
        record(
            Act.FOLLOW, subject=pair.round, by=person, body=pair.round.entity,
            pair=pair.pk, project=pair.project.pk,
        )  # fmt: skip
    enqueue("calls.tell_of_pair", pair_id=pair.pk)
    return pair


def _project_of(pair: Pair, person: AbstractBaseUser, at: datetime) -> Project:
    """The project of a pair: the association coordinates it, both cities take part and gain."""
    round_, both = pair.round, (pair.first.entity, pair.second.entity)
    language = _language_of(round_)
    with override(language):
        title = " – ".join(one.name_in() for one in both)
        said = {"round": round_, "call": round_.call, "programme": round_.programme}
        summary = (
            _("Opened for a pair of the round “%(round)s” of the call “%(call)s”.") % said
            if round_.call
            else _("Opened for a pair of the round “%(round)s” of the programme “%(programme)s”.")
            % said
        )
    return begin_project(
        title=title,
        summary=summary,
        language=language,
        coordinator=round_.entity,
        programme=round_.programme,
        roles=[(Role.RECEIVER, body) for body in both],
        by=person,
        at=at,
        tells=False,
    )


def _language_of(round_: Round) -> str:
    """In which language a round speaks: its call's first, or that of the country that runs it."""
    if round_.call and round_.call.languages:
        return str(round_.call.languages[0])
    spoken = dict(settings.LANGUAGES)
    there = official_languages(round_.entity.country_id)
    return next((one for one in there if one in spoken), "en")
