"""Questions about applications: whose, how far, and what is still missing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from entrecidades.accounts.permissions import Permission
from entrecidades.calls.choices import ApplicationState, AskedOf
from entrecidades.calls.models import Application, ApplicationQuerySet, Call, Part
from entrecidades.calls.rules.answers import problem_of, wanted_in_all
from entrecidades.calls.rules.building import words_of
from entrecidades.calls.selectors.bodies import unfulfilled
from entrecidades.cooperation.selectors import Somebody
from entrecidades.kernel.amounts import money_words
from entrecidades.network.models import Entity
from entrecidades.network.selectors import Reader, entities_where, seen_by


def applications_accepted(call: Call) -> ApplicationQuerySet:
    """The applications that a call has accepted, with their bodies, in the order of their receipt.

    Before the decisions are published there are none.
    """
    accepted = call.applications.filter(state=ApplicationState.ACCEPTED)
    return accepted.whole().order_by("number", "pk")


def bodies_accepted(call: Call) -> list[Entity]:
    """The bodies whose applications a call has accepted, each once, in the order of receipt."""
    bodies = [body for one in applications_accepted(call) for body in one.bodies()]
    return list({body.pk: body for body in bodies}.values())


def applications_seen_by(reader: Reader) -> ApplicationQuerySet:
    """The applications of the reader's own bodies, as lead or as partner."""
    return Application.objects.filter(seen_by(reader, Application)).whole()


def applications_of(reader: Reader) -> ApplicationQuerySet:
    """The applications in which the reader's bodies take part and have not left."""
    return applications_seen_by(reader).naming(reader.own)


def parts_where(
    application: Application, person: Somebody, permission: Permission, *, on: date
) -> list[Part]:
    """The parts of an application that are a person's to act on, the lead's first."""
    bodies = set(entities_where(person, permission, on=on).values_list("pk", flat=True))
    parts = application.parts.filter(declined_at=None).select_related("entity__country")
    return [part for part in parts if part.entity_id in bodies]


@dataclass(frozen=True, slots=True)
class Task:
    """One question to one sheet of an application, with what stands there.

    ``sheet`` is empty for the whole, and a body's public id for its part.
    """

    question: dict[str, Any]
    sheet: str
    body: Entity | None
    value: Any
    problem: str

    @property
    def is_begun(self) -> bool:
        """Whether something stands there."""
        return self.value not in (None, "", [])


def tasks_of(application: Application) -> list[Task]:
    """Everything the application is asked, in order: the whole first, then each side."""
    call = application.call
    tasks = [_task(one, "", None, application.answers) for one in call.questions_of(AskedOf.WHOLE)]
    for part in application.parts.all():
        if part.declined_at is None:
            sheet = str(part.entity.public_id)
            tasks += [
                _task(one, sheet, part.entity, part.answers)
                for one in call.questions_of(AskedOf.SIDE)
            ]
    return tasks


def _task(
    question: dict[str, Any], sheet: str, body: Entity | None, answers: dict[str, Any]
) -> Task:
    """A question, and what one sheet says to it."""
    value = answers.get(question["key"])
    return Task(question, sheet, body, value, problem_of(question, value))


def lacking(application: Application) -> Iterator[str]:
    """What answers and confirmations are still missing before an application can be submitted."""
    for task in tasks_of(application):
        if task.problem:
            said = {"question": words_of(task.question), "problem": task.problem}
            where = f" ({task.body.name_in()})" if task.body else ""
            yield _("“%(question)s”: %(problem)s") % said + where
    for part in application.parts.all():
        if part.declined_at is None and part.confirmed_at is None:
            name = part.entity.name_in()
            yield _("%(body)s has not confirmed the application as it stands.") % {"body": name}


def above_ceiling(application: Application) -> str:
    """Why it asks for more than the call gives; empty when it does not."""
    call = application.call
    if call.ceiling_amount is None:
        return ""
    parts = [part for part in application.parts.all() if part.declined_at is None]
    sheets = [application.answers, *(part.answers for part in parts)]
    wanted = wanted_in_all(call.questions, sheets)
    if wanted <= call.ceiling_amount:
        return ""
    said = {
        "wanted": money_words(wanted, call.ceiling_currency),
        "most": money_words(call.ceiling_amount, call.ceiling_currency),
    }
    return _("It asks for %(wanted)s; the call gives at most %(most)s.") % said


def obstacles(application: Application, *, on: date) -> list[str]:
    """Everything that keeps an application from being submitted, the time aside."""
    ceiling = above_ceiling(application)
    return [*lacking(application), *unfulfilled(application, on=on), *([ceiling] * bool(ceiling))]
