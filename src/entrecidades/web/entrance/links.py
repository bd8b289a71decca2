"""Links to a new password, which end with everything else that was given out."""

from datetime import datetime

from allauth.account.forms import EmailAwarePasswordResetTokenGenerator

from entrecidades.accounts.models import Person


class NewPasswordLinks(EmailAwarePasswordResetTokenGenerator):  # type: ignore[misc]  # the library is untyped
    """The library's, with the person's stamp among what is signed."""

    def _make_hash_value(self, user: Person, timestamp: datetime) -> str:
        """What the link is signed with."""
        return f"{super()._make_hash_value(user, timestamp)}{user.credentials_stamp}"
