"""What the worker does for desks: build packs, forget them, and pass on what was kept."""

from collections.abc import Callable

from django.utils.translation import override

from entrecidades.accounts.permissions import Permission
from entrecidades.audit.models import Trace
from entrecidades.handover.dossier.pack import pack_zip
from entrecidades.handover.models import Pack
from entrecidades.handover.selectors.desk import Desk
from entrecidades.handover.services import fill_pack, forget_packs, note_progress
from entrecidades.handover.services import pass_on as pass_on_desks
from entrecidades.kernel import clock
from entrecidades.network.models import Invitation
from entrecidades.network.selectors import may
from entrecidades.network.selectors.reading import reader_of


def build_pack(
    key: str,  # noqa: ARG001 - a pack built twice is one pack
    pack_id: int,
    *,
    deed: Callable[[Trace], str],
) -> None:
    """Build a pack that was asked for; nothing if it is forgotten, or no longer hers to have."""
    pack = Pack.objects.select_related("entity", "by").filter(pk=pack_id).first()
    now = clock.now()
    if pack is None or not may(pack.by, Permission.HAND_OVER, pack.entity, on=now.date()):
        return
    desk = Desk(pack.entity, reader_of(pack.by, on=now.date()), now, deed)
    with override(pack.language):
        content = pack_zip(
            desk, lambda done, total: note_progress(pack=pack, done=done, total=total)
        )
    fill_pack(pack=pack, content=content)


def forget_old_packs(on: str) -> None:  # noqa: ARG001 - the moment counts, not the day
    """Remove the packs whose time is over."""
    forget_packs(at=clock.now())


def pass_on(invitation_id: int) -> None:
    """Give somebody who accepted what was kept for her."""
    invitation = Invitation.objects.select_related("entity", "accepted_by").get(pk=invitation_id)
    pass_on_desks(invitation=invitation, at=clock.now())
