"""What a person is told of each kind of row: what it is, and what it is good for."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise

#: What a kind of row is to the person whose it is, and what it is good for.
KINDS: Mapping[str, tuple[Words, Words]] = {
    "accounts.Person": (
        _("Your account"),
        _("Your name and address log you in and bring you letters."),
    ),
    "account.EmailAddress": (
        _("Your e-mail addresses"),
        _("Whether you have proven them, and to which letters go."),
    ),
    "account.EmailConfirmation": (
        _("Proofs of an address that wait"),
        _("Links in letters that you have not followed yet."),
    ),
    "mfa.Authenticator": (
        _("Passkeys, app and recovery codes"),
        _("They keep others out. Their secrets are not shown, not even to you."),
    ),
    "socialaccount.SocialAccount": (
        _("Identities from elsewhere"),
        _("What your provider told of you, so that it opens your account."),
    ),
    "sessions.Session": (
        _("Where you are logged in"),
        _("One for each browser, until you log out or it ends."),
    ),
    "network.Mandate": (
        _("For whom you act"),
        _("The bodies that gave you a role, since when and until when."),
    ),
    "accounts.SignIn": (
        _("Browsers in which you are logged in"),
        _("So that you recognise them and can log them out."),
    ),
    "accounts.Look": (
        _("Looks at the site as you, or as somebody by you"),
        _("An operator saw what somebody sees, to help her; why, and for how long."),
    ),
    "accounts.Nomination": (
        _("Proposals to make somebody an operator"),
        _("Of you, or asked or decided by you; two operators agree."),
    ),
    "network.Invitation": (
        _("Invitations"),
        _("That you sent, or that were sent to you."),
    ),
    "network.Claim": (
        _("Pages that you claimed"),
        _("What you said of yourself, and what was decided; or what you decided."),
    ),
    "network.MailDomain": (
        _("E-mail domains that you named"),
        _("They prove for whom somebody works."),
    ),
    "network.Statement": (
        _("What you said for a body"),
        _("Of partnerships, memberships and counterparts that name it."),
    ),
    "network.Post": (
        _("Posts under your name"),
        _("Offices you hold; your name is shown only where you agreed."),
    ),
    "documents.Document": (
        _("Documents that you handed in or removed"),
        _("They are your body's; it is told who handed them in."),
    ),
    "practices.Practice": (
        _("Practices that you removed"),
        _("They are your body's; it is told who removed them, for thirty days."),
    ),
    "practices.Posting": (
        _("Offers and needs that you removed"),
        _("They are your body's; it is told who removed them, for thirty days."),
    ),
    "reporting.AnnualReport": (
        _("Annual reports that you removed"),
        _("They are your body's; it is told who removed them, for thirty days."),
    ),
    "projects.Project": (
        _("Projects that you removed"),
        _("They are your body's; it is told who removed them, for thirty days."),
    ),
    "projects.Milestone": (
        _("Milestones that you removed"),
        _("They are your body's; it is told who removed them, for thirty days."),
    ),
    "projects.BudgetLine": (
        _("Lines of a budget that you removed"),
        _("They are your body's; it is told who removed them, for thirty days."),
    ),
    "projects.Indicator": (
        _("Indicators that you removed"),
        _("They are your body's; it is told who removed them, for thirty days."),
    ),
    "members.Circular": (
        _("Letters to members that you wrote last"),
        _("They are your association's; it is told who wrote them."),
    ),
    "members.Copy": (
        _("Letters of associations that went to you"),
        _("So that each reaches you once; the association is not told that it was you."),
    ),
    "members.Decline": (
        _("Associations whose letters you have declined"),
        _("They reach you no longer with letters to all their members."),
    ),
    "cooperation.Introduction": (
        _("First contacts that you wrote"),
        _("They are your body's and its counterpart's, in your words."),
    ),
    "calls.Application": (
        _("Applications that you wrote last"),
        _("They are your body's and its partners'; a number says who wrote what is not told yet."),
    ),
    "calls.Part": (
        _("Parts of applications that you wrote last"),
        _("They are your body's; a number says who wrote what is not told yet."),
    ),
    "calls.Reading": (
        _("Applications that you were given to read"),
        _("Your scores with their reasons, and the conflicts of interest that you declared."),
    ),
    "calls.Opening": (
        _("First contacts that you opened for pairs of a round"),
        _("Your words are kept here until the last contact has them."),
    ),
    "cooperation.Message": (
        _("Messages that you wrote"),
        _("They are your body's and its counterpart's, in your words."),
    ),
    "agreements.Approval": (
        _("Approvals that you recorded"),
        _("Of agreements, for your body; with the reason where you waived one."),
    ),
    "agreements.Signatory": (_("Agreements that you sign"), _("In your office, for your body.")),
    "agreements.Version": (
        _("Versions of agreements that you numbered"),
        _("They are your body's and its partners'; it is told who numbered them."),
    ),
    "agreements.SameMeaning": (
        _("Clauses that you checked"),
        _("For your body: that they mean the same in both languages."),
    ),
    "agreements.Consent": (
        _("Texts to which you said yes"),
        _("For your body; it is told who said it."),
    ),
    "agreements.Remark": (
        _("Remarks on clauses that you wrote or settled"),
        _("They are your body's and its partners', in your words."),
    ),
    "handover.HandOver": (
        _("Desks that were handed over"),
        _("That you gave, took or undid; a hand-over can be undone within a day."),
    ),
    "handover.Pack": (
        _("Hand-over packs that are being built for you"),
        _("They are removed within a day; what is in them is the body's."),
    ),
    "network.Duplicate": (
        _("Pairs of entries that you proposed or decided about"),
        _("Entries of the register that may be one body."),
    ),
    "network.Merge": (
        _("Entries that you merged, or took apart again"),
        _("They are kept so that every merge can be undone."),
    ),
    "exchange.Batch": (
        _("Lists that you imported"),
        _("They are kept to tell where records come from."),
    ),
    "exchange.Submission": (
        _("Lists that you handed in"),
        _("They are forgotten after thirty days."),
    ),
    "privacy.DataRequest": (
        _("What you asked about your data"),
        _("Your requests, and by when each is to be answered."),
    ),
    "privacy.Incident": (
        _("Incidents that you noted"),
        _("They are kept for the authorities; they say what happened, never to whom."),
    ),
    "privacy.FormerOffice": (
        _("Offices of a person who was erased"),
        _("Acts in office are told by the role."),
    ),
    "privacy.Dormancy": (
        _("A letter about an account that is not used"),
        _("It says on which day the account will be erased."),
    ),
    "queue.Job": (
        _("Letters and errands promised for you"),
        _("What the house is about to write to you, or has written."),
    ),
    "audit.Trace": (
        _("Acts in the history"),
        _("What you did, and what was done to your account. History is not rewritten."),
    ),
}
