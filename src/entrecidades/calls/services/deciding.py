"""What is decided of each application, and why; everybody is told when all is decided."""

from datetime import datetime

from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _

from entrecidades.audit.changes import changes_since, snapshot
from entrecidades.audit.services import record
from entrecidades.calls.choices import Act, ApplicationState, CallState, Verdict
from entrecidades.calls.models import Application
from entrecidades.calls.rules.life import Conflicted, NotReady
from entrecidades.calls.selectors import interest_of, require_runner, standing_of
from entrecidades.calls.selectors.readings import OWN_BODY
from entrecidades.calls.services.answers import lock_with_call
from entrecidades.kernel.lives import IllegalStep


@transaction.atomic
def decide_application(
    *, application_id: int, verdict: Verdict, reason: str, by: AbstractBaseUser, at: datetime
) -> Application:
    """Note what is decided of an application, with its reason; it may be noted anew.

    Nobody outside learns of it before the decisions of the call are published together.

    Raises
    ------
    ValidationError
        `NotAllowed`; `IllegalStep` unless the evaluation has ended and the decisions are not
        published; `NotReady` without a reason; `Conflicted` when the person acts or acted for
        one of the bodies.
    """
    application = lock_with_call(application_id)
    body = require_runner(by, application.call.programme, on=at.date())
    is_time = application.call.state == CallState.EVALUATED
    if not is_time or application.state != ApplicationState.SUBMITTED:
        raise IllegalStep(_("Decisions are made once the evaluation has ended."))
    if not reason.strip():
        raise NotReady([_("A decision gives its reason.")])
    person = get_user_model().objects.get(pk=by.pk)
    if interest_of(person, application, on=at.date()) == OWN_BODY:
        raise Conflicted(_("You act or acted for one of its bodies: let a colleague decide."))
    before = snapshot(application, "verdict", "reason")
    application.verdict, application.reason = verdict, reason.strip()
    application.decided_at = at
    application.full_clean(exclude=["answers"])
    application.save(update_fields=["verdict", "reason", "decided_at"])
    score = standing_of(application).mean
    record(
        Act.DECIDE,
        subject=application,
        by=by,
        body=body,
        changes=changes_since(before, application),
        score=None if score is None else str(score),
    )
    return application
