"""Signed PDFs that come in: looked at, told in words, and bound to the text that they carry."""

from datetime import datetime
from hashlib import sha256

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.files import File
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from entrecidades.accounts.permissions import Permission
from entrecidades.agreements.choices import Act, Carried, SealVerdict
from entrecidades.agreements.models import Agreement, Party, Printed, SignedFile, Version
from entrecidades.agreements.selectors.files import pdf_of
from entrecidades.agreements.selectors.texts import agreed_version
from entrecidades.agreements.services.holding import check_speaks, tell
from entrecidades.agreements.services.looking import Looked, look_soon, save_said, say
from entrecidades.agreements.text_rules import NotAParty, NotTheLatest
from entrecidades.audit.services import record
from entrecidades.documents import store
from entrecidades.documents.choices import FileKind
from entrecidades.documents.selectors import content_of, room_of
from entrecidades.documents.services import Examined, bind, examine, hand_in
from entrecidades.engines.seals.findings import Reason, Report
from entrecidades.engines.seals.signing import NotSigned, Trouble, sign_apart
from entrecidades.kernel.errors import Refusal
from entrecidades.network.choices import Visibility

#: More than any key with its certificates.
LARGEST_KEY = 100_000


class NotAPdf(Refusal):
    """Only PDF files carry signatures that can be looked at."""


class NotPossible(Refusal):
    """Nothing could be signed; the sentence says why."""


@transaction.atomic
def give_out(*, version: Version, first: str, at: datetime) -> bytes:
    """A version as PDF. Of the agreed one it is noted which bytes were given out to be signed."""
    content = pdf_of(version, first)
    if version.text.agreed_id == version.pk:
        Printed.objects.get_or_create(
            version=version,
            sha256=sha256(content).hexdigest(),
            defaults={"length": len(content), "printed_at": at},
        )
    return content


def hand_in_signed(
    *,
    agreement: Agreement,
    party: Party,
    upload: File,  # type: ignore[type-arg]
    by: AbstractBaseUser,
    at: datetime,
) -> SignedFile:
    """Keep a signed PDF for a party, and say what was found in it, whatever that is.

    The file is looked into before anything is written: what a forged one may break or fill is a
    child's. A file that is not in order is kept and called so; one that takes long to look at
    is kept at once and looked at when its turn comes.

    Raises
    ------
    ValidationError
        `NotAllowed`, `NotAParty`, `NotTaken` (with every reason), or `NotAPdf`.
    """
    if party.agreement_id != agreement.pk:
        raise NotAParty(_("This body takes no part in the agreement."))
    check_speaks(party, Permission.SIGN_AGREEMENT, by, at)
    examined = examine(upload, room=room_of(party.entity))
    if examined.kind != FileKind.PDF:
        raise NotAPdf(
            _("Only PDF files are looked at for signatures. Hand this in as a document.")
        )
    content = store.path_of(examined.sha256).read_bytes()
    found = look_soon(agreement, content, at)
    return _kept(Act.HAND_IN_SIGNED, examined, found, party=party, by=by, at=at)


def look_again(*, signed: SignedFile, by: AbstractBaseUser, at: datetime) -> SignedFile:
    """Look at a signed file once more, with the roots and lists that are trusted by now.

    Raises
    ------
    ValidationError
        `NotAllowed`: the person may hand in signed files for none of the parties.
    """
    party = signed.agreement.parties.get(entity=signed.document.entity_id)
    check_speaks(party, Permission.SIGN_AGREEMENT, by, at)
    found = look_soon(signed.agreement, content_of(signed.document).read_bytes(), at)
    with transaction.atomic():
        row = SignedFile.objects.select_for_update(of=("self",)).get(pk=signed.pk)
        was = row.verdict
        say(row, found, at)
        save_said(row)
        record(
            Act.LOOK_AGAIN,
            subject=row.agreement,
            by=by,
            body=party.entity,
            file=row.pk,
            was=was,
            verdict=row.verdict,
        )
    return row


def sign_file(
    *,
    agreement: Agreement,
    party: Party,
    key: bytes,
    passphrase: str,
    by: AbstractBaseUser,
    at: datetime,
) -> SignedFile:
    """Sign the agreed text with a certificate and its key, after those who signed it already.

    The key is used in a child of its own and kept nowhere. Where the operator names an authority
    that stamps times, the signature has a time stamp, or there is none.

    Raises
    ------
    ValidationError
        `NotAllowed`, `NotTheLatest` (there is no agreed text), or `NotPossible`.
    """
    if party.agreement_id != agreement.pk:
        raise NotAParty(_("This body takes no part in the agreement."))
    check_speaks(party, Permission.SIGN_AGREEMENT, by, at)
    version = agreed_version(agreement)
    if version is None:
        raise NotTheLatest(_("One signs the text to which all parties have agreed."))
    content = _to_sign(agreement, version, at)
    field = f"Entrecidades-{party.pk}-{agreement.signed_files.count() + 1}"
    try:
        made = sign_apart(
            content, key[: LARGEST_KEY + 1], passphrase, field=field, authority=settings.TSA_URL
        )
    except NotSigned as why:
        raise NotPossible(TROUBLES[why.trouble]()) from None
    name = f"{agreement.reference}-v{version.number}.pdf"
    upload = ContentFile(made, name=name)
    examined = examine(upload, room=room_of(party.entity))
    found = look_soon(agreement, made, at)
    if found is not None and _is_stamped_wrong(found.report):
        raise NotPossible(TROUBLES[Trouble.STAMP]())
    return _kept(Act.SIGN_FILE, examined, found, party=party, by=by, at=at)


TROUBLES = {
    Trouble.KEY: lambda: _("The certificate could not be opened. Is the passphrase right?"),
    Trouble.FILE: lambda: _("With this certificate the file could not be signed."),
    Trouble.TIME: lambda: _("Signing took too long. Try again."),
    Trouble.STAMP: lambda: _(
        "The time stamping authority gave no time stamp, so nothing was signed. Try again later, "
        "or sign on your own machine."
    ),
}


def _is_stamped_wrong(report: Report) -> bool:
    """Whether the time stamp that was just given is not in order."""
    return any(Reason.STAMP_WRONG in one.reasons for one in report.signatures[-1:])


def _to_sign(agreement: Agreement, version: Version, at: datetime) -> bytes:
    """What is signed next: the last signed file of the agreed text that is not wrong, or it."""
    same = agreement.signed_files.filter(carries=Carried.FILE, version=version)
    sound = same.filter(verdict__in=[SealVerdict.TRUSTED, SealVerdict.INTACT])
    for one in sound.select_related("document"):
        return content_of(one.document).read_bytes()
    return give_out(version=version, first="", at=at)


@transaction.atomic
def _kept(
    act: Act,
    examined: Examined,
    found: Looked | None,
    *,
    party: Party,
    by: AbstractBaseUser,
    at: datetime,
) -> SignedFile:
    """The document and what was found in it, shared with all who take part."""
    agreement = party.agreement
    others = [one.entity for one in agreement.parties.select_related("entity")]
    document = hand_in(
        entity=party.entity,
        upload=examined,
        title="",
        language="",
        visibility=Visibility.PARTNER,
        parties=others,
        by=by,
        at=at,
    )
    bind(document)
    row = SignedFile(agreement=agreement, document=document)
    say(row, found, at)
    save_said(row)
    number = row.version.number if row.version else 0
    record(
        act,
        subject=agreement,
        by=by,
        body=party.entity,
        document=document.pk,
        verdict=row.verdict,
        carries=row.carries,
        number=number,
    )
    tell(agreement, "signed-file")
    return row
