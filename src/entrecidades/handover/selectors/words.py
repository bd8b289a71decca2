"""Words that several sections use."""

from typing import Protocol

from django.utils.translation import gettext as _


class Exemplary(Protocol):
    """Something that may be an example."""

    is_example: bool


def marked(one: Exemplary) -> str:
    """What a thing is called; an example says that it is one."""
    return _("%(title)s (example)") % {"title": one} if one.is_example else str(one)
