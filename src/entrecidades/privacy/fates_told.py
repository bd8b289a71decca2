"""What a person is told of an erasure, and of the reasons for which something is held."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from entrecidades.privacy.register import Basis

Words = str | Promise

#: What an erasure does, by fate.
FATES: Mapping[str, Words] = {
    "delete": _("It is deleted."),
    "blank": _("The record stays with its body, and you are taken out of it."),
    "mask": _("The text stays with its body; your name and address are replaced by your role."),
    "keep": _("A bare number stays, which names nobody once the account is gone."),
}

#: Why it is held, by basis.
BASES: Mapping[Basis, Words] = {
    Basis.PUBLIC_TASK: _("so that bodies can carry out their public task"),
    Basis.CONSENT: _("because you agreed, until you no longer do"),
    Basis.SECURITY: _("so that nobody else gets in under your name"),
    Basis.ACCOUNTABILITY: _("because acts in public office must remain accountable"),
}
