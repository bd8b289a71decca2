"""The link in a letter by which its reader declines further ones: signed, not stored, for ever."""

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.translation import override

SALT = "entrecidades.letters"


def stop_ticket(association_id: int, person_id: int) -> str:
    """The end of the link for one reader of one association."""
    return signing.dumps([association_id, person_id], salt=SALT)


def read_stop_ticket(text: str) -> tuple[int, int] | None:
    """The association and the reader of a link; nothing when it was not made by this house."""
    try:
        association_id, person_id = signing.loads(text, salt=SALT)
        return int(association_id), int(person_id)
    except (signing.BadSignature, ValueError, TypeError):
        return None


def stop_address(ticket: str, language: str) -> str:
    """The whole address of such a link, in the reader's language."""
    with override(language or settings.LANGUAGE_CODE):
        path = reverse("web:letters-stop", kwargs={"ticket": ticket})
    return f"{settings.PUBLIC_URL}{path}"
