"""People who log in, known by their e-mail address."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from entrecidades.accounts.choices import Matter, NominationState
from entrecidades.kernel import ids


class PersonManager(BaseUserManager["Person"]):
    """How people come to exist."""

    def create_user(self, email: str, password: str | None = None, **facts: Any) -> "Person":
        """A person with her address in one spelling; without a password she cannot use one."""
        if not email:
            raise ValueError("A person needs an e-mail address.")
        person = self.model(email=self.normalize_email(email).lower(), **facts)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, password: str | None = None, **facts: Any) -> "Person":
        """An operator of the instance."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **facts)


class Person(AbstractBaseUser, PermissionsMixin):
    """Somebody who logs in; what she may do follows from her mandates, not from this row."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=10, blank=True)
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=timezone.now)
    credentials_from = models.DateTimeField(null=True, blank=True)

    #: What history keeps apart so that it can be erased, and what it never learns (audit.changes).
    personal_fields = frozenset(
        {"email", "name", "language", "last_login", "joined_at", "credentials_from"}
    )
    secret_fields = frozenset({"password"})

    objects = PersonManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def credentials_stamp(self) -> str:
        """What every credential given out is checked with; it changes when all are to end."""
        return self.credentials_from.isoformat() if self.credentials_from else ""

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Django's check of a session, which ends it with the stamp as with the password."""
        salt = "django.contrib.auth.models.AbstractBaseUser.get_session_auth_hash"
        kept = f"{self.password}{self.credentials_stamp}"
        return salted_hmac(salt, kept, secret=secret, algorithm="sha256").hexdigest()


class SignIn(models.Model):
    """A browser in which somebody is logged in."""

    personal_fields = frozenset({"public_id", "person", "device", "stays", "began_at", "seen_at"})
    secret_fields = frozenset({"session_key"})

    public_id = models.UUIDField(default=ids.public_id, unique=True, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="sign_ins")
    session_key = models.CharField(max_length=40, db_index=True)
    device = models.CharField(max_length=60, blank=True)
    stays = models.BooleanField(default=False)
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        ordering = ["-seen_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.device} {self.began_at:%Y-%m-%d}"


class Look(models.Model):
    """An operator looked at the site as somebody else: why, and from when to when."""

    personal_fields = frozenset({"operator", "person"})

    public_id = models.UUIDField(default=ids.public_id, unique=True, editable=False)
    operator = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="looks"
    )
    person = models.ForeignKey(Person, models.CASCADE, related_name="looked_as")
    reason = models.TextField(_("reason"))
    began_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-began_at", "-pk"]
        verbose_name = _("look as somebody else")
        verbose_name_plural = _("looks as somebody else")

    def __str__(self) -> str:
        return f"{self.began_at:%Y-%m-%d %H:%M}"


class Nomination(models.Model):
    """Something is asked for somebody by one operator, and decided by another.

    Either that she becomes an operator, or that her second proofs, which she has lost, no
    longer stand between her and her account.
    """

    personal_fields = frozenset({"person", "asked_by", "decided_by"})

    public_id = models.UUIDField(default=ids.public_id, unique=True, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="nominations")
    matter = models.CharField(max_length=10, choices=Matter.choices, default=Matter.OPERATOR)
    asked_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    reason = models.TextField(_("reason"))
    asked_at = models.DateTimeField()
    state = models.CharField(
        max_length=10, choices=NominationState.choices, default=NominationState.WAITING
    )
    decided_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        verbose_name = _("nomination")
        verbose_name_plural = _("nominations")
        constraints = [
            models.UniqueConstraint(
                name="one_nomination_at_a_time",
                fields=["person", "matter"],
                condition=Q(state="waiting"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()} {self.asked_at:%Y-%m-%d}"
