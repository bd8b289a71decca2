"""Records of a body that its people edit together: whose they are, and what editing them asks."""

from typing import TYPE_CHECKING, Any

from django.db import models

from entrecidades.accounts.permissions import Permission
from entrecidades.kernel import ids
from entrecidades.kernel.editing import Units
from entrecidades.kernel.removal import Removable
from entrecidades.kernel.versions import Versioned

if TYPE_CHECKING:
    from entrecidades.network.models.entity import Entity


class Editable(Versioned):
    """A record of one body, with the two questions that an edit of it asks.

    `services.editing` asks them for every kind of record; a new kind inherits this model,
    names its ``EDITED`` fields and is covered.
    """

    class Meta:
        abstract = True

    @property
    def body(self) -> "Entity":
        """The body whose record it is."""
        owner: Entity = getattr(self, getattr(self, "OWNER", "entity"))
        return owner

    @property
    def edited_with(self) -> Permission:
        """What somebody must be allowed to do for the body, to edit or remove the record."""
        return Permission.EDIT_PROFILE

    def check_edit(self, changed: Units, *, by: int) -> None:
        """Refuse what the record's own rules refuse, once it says what was wanted of it.

        ``changed`` are the units that the person with the number ``by`` has changed, with
        their new values.
        """

    @property
    def seat_key(self) -> Any:
        """The key of the place whose profile follows from the record; None where none does."""
        return self.body.seat_id


class Kept(Editable, Removable):
    """A record of one body that its people edit, and may remove and bring back."""

    #: What history keeps apart so that it can be erased (audit.changes).
    personal_fields = frozenset({"removed_by"})

    public_id = models.UUIDField(default=ids.public_id, unique=True, editable=False)

    class Meta:
        abstract = True

    def check_removal(self) -> None:
        """Refuse to remove a record that something else rests on."""
