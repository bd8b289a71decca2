"""With whom the body shares what, counted."""

from collections.abc import Iterator

from django.apps import apps
from django.db.models import Count, Q
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from entrecidades.handover.choices import Chapter
from entrecidades.handover.selectors.desk import Column, Desk, Line, Section
from entrecidades.network.choices import Visibility
from entrecidades.network.models import Shared
from entrecidades.network.selectors import seen_by


def sharing(desk: Desk) -> Section:
    """For each kind of record and each rung of the ladder, how many there are."""
    return Section(
        "sharing",
        Chapter.SIGHT,
        gettext("Records by who sees them"),
        gettext("The body has no records yet."),
        (
            Column("kind", gettext("Kind"), 3),
            Column("who_sees_it", gettext("Who sees it"), 4),
            Column("records", gettext("Records"), 1),
            Column("not_before", gettext("Not before a day"), 1),
        ),
        list(_rungs(desk)),
    )


def kinds_shared() -> list[type[Shared]]:
    """Every kind of record that is shared, of whatever room, in a fixed order."""
    kinds = [model for model in apps.get_models() if issubclass(model, Shared)]
    return sorted(kinds, key=lambda model: model._meta.label)


def _rungs(desk: Desk) -> Iterator[Line]:
    """The records of the body that the reader sees, by kind and rung."""
    for model in kinds_shared():
        own = model._default_manager.filter(
            seen_by(desk.reader, model), **{model.OWNER: desk.body}
        )
        later = Count("pk", filter=Q(embargo_until__gt=desk.on))
        counted = own.order_by("visibility").values("visibility")
        for one in counted.annotate(number=Count("pk"), later=later):
            rung = str(Visibility(one["visibility"]).label)
            yield Line((kind_words(model), rung, one["number"], one["later"]))


def kind_words(model: type[Shared]) -> str:
    """What records of a kind are called."""
    return capfirst(str(WORDS.get(model._meta.label) or model._meta.verbose_name_plural))


#: Kinds of records whose models bear no translated name.
WORDS = {
    "cooperation.Introduction": _("first contacts"),
    "practices.Practice": _("practices"),
}
