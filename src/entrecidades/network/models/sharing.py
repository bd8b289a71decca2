"""What a body keeps to itself or shares: the two fields every shared record has."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from entrecidades.network.choices import Visibility


class Shared(models.Model):
    """A record of one body, which may name others, seen by those with whom it is shared.

    ``OWNER`` is the field that names the body whose record it is, ``PARTIES`` those that
    name the others, or paths to those (``parties__entity``). ``OUT`` are the states in which
    it has left the desk: before, and once it is taken back, only its own body sees it, however
    it is to be shared; a record without states is out at once. Who sees it is decided in one
    place, `selectors.visibility`.
    Nothing is shared unless somebody said so.
    """

    OWNER: ClassVar[str] = "entity"
    PARTIES: ClassVar[tuple[str, ...]] = ()
    OUT: ClassVar[tuple[str, ...]] = ()

    visibility = models.PositiveSmallIntegerField(
        _("who sees it"), choices=Visibility.choices, default=Visibility.PRIVATE
    )
    embargo_until = models.DateField(_("not before"), null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def is_out(self) -> bool:
        """Whether it has left the desk of its body."""
        return not self.OUT or getattr(self, "state", "") in self.OUT
