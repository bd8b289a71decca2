"""Letters about somebody's account: a browser she has not used before, a change, its end."""

from django.utils.translation import gettext_lazy as _

from entrecidades.accounts.choices import Change
from entrecidades.accounts.models import Look, Person, SignIn
from entrecidades.mail.letters import send_letter

SENTENCES = {
    Change.PASSWORD: _("Your password was changed. Every other browser was logged out."),
    Change.APP_ADDED: _("An app now makes codes for your log-in."),
    Change.APP_REMOVED: _("The app that made codes for your log-in is no longer used."),
    Change.PASSKEY_ADDED: _("A passkey was added to your account."),
    Change.PASSKEY_REMOVED: _("A passkey was removed from your account."),
    Change.RECOVERY_CODES: _("New recovery codes were made; earlier ones no longer work."),
    Change.IDENTITY_ADDED: _("An identity from elsewhere now opens your account."),
    Change.IDENTITY_REMOVED: _("An identity from elsewhere no longer opens your account."),
    Change.RESET: _(
        "An operator of the site logged you out everywhere, as you were asked or as you asked. "
        "Links and codes in earlier letters no longer work; log in anew."
    ),
    Change.OPERATOR: _("You are an operator of the site now: two operators agreed on it."),
    Change.PROOFS_ASKED: _(
        "Somebody has told the operators of the site that you lost your passkeys or your app. "
        "When two operators agree, they are removed, and your account opens without them. If you "
        "did not ask for this, write to the operator of this site now."
    ),
    Change.PROOFS_REMOVED: _(
        "Two operators of the site have removed your passkeys, your app and your recovery codes, "
        "and logged you out everywhere. Log in anew, and add a passkey or an app again."
    ),
    Change.CLOSED: _("Your account was closed. What you did for your bodies stays with them."),
}


def tell_of_new_device(key: str, sign_in_id: int) -> None:
    """Write to somebody that a browser she had not used before is logged in as her."""
    sign_in = SignIn.objects.select_related("person").filter(pk=sign_in_id).first()
    if sign_in is None:  # she has logged out again
        return
    person = sign_in.person
    send_letter(
        key,
        "mail/new_device.txt",
        "mail/new_device_subject.txt",
        to=person.email,
        language=person.language,
        facts={"sign_in": sign_in},
    )


def tell_of_look(key: str, look_id: int) -> None:
    """Write to somebody that an operator looks at the site as her: until when, and why."""
    look = Look.objects.select_related("person").filter(pk=look_id).first()
    if look is None:
        return
    send_letter(
        key,
        "mail/look.txt",
        "mail/look_subject.txt",
        to=look.person.email,
        language=look.person.language,
        facts={"look": look},
    )


def tell_of_change(key: str, person_id: int, change: str) -> None:
    """Write to somebody what has changed with what protects her account."""
    person = Person.objects.filter(pk=person_id).first()
    if person is None:
        return
    send_letter(
        key,
        "mail/account_change.txt",
        "mail/account_change_subject.txt",
        to=person.email,
        language=person.language,
        facts={"sentence": SENTENCES[Change(change)], "closed": change == Change.CLOSED},
    )
