"""The words of history: what each act did, what each field is called, what each value says."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import Model
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from entrecidades.audit.models import Trace
from entrecidades.kernel.text import pick
from entrecidades.kernel.versions import OF
from entrecidades.network.countries import language_name
from entrecidades.practices.choices import Form

Words = str | Promise
Rows = Mapping[type[Model], Mapping[Any, Model]]
#: Letters of a text that history shows before and after a change.
SHOWN = 280

DEEDS: dict[str, Words] = {
    "accounts:person:join": _("Joined"),
    "accounts:person:operate": _("Operator's pages opened or closed"),
    "accounts:person:change-password": _("Password changed"),
    "accounts:person:revoke": _("Logged out everywhere"),
    "accounts:person:deactivate": _("Account switched off"),
    "accounts:person:close": _("Account closed"),
    "accounts:person:look": _("An operator looked as her"),
    "accounts:person:end-look": _("An operator's look ended"),
    "accounts:person:nominate": _("Proposed as an operator"),
    "accounts:person:decline": _("Declined by an operator"),
    "accounts:person:ask-proofs": _("Removal of lost passkeys and app asked for"),
    "accounts:person:remove-proofs": _("Lost passkeys and app removed"),
    "agreements:agreement:open": _("Agreement opened"),
    "agreements:text:begin": _("Text begun"),
    "agreements:text:edit": _("Text changed"),
    "agreements:text:check": _("Same meaning checked, or no longer"),
    "agreements:text:number": _("Version numbered"),
    "agreements:text:agree": _("A party agreed to a version"),
    "agreements:text:reopen": _("Agreed text opened again"),
    "agreements:text:remark": _("Remark on a clause"),
    "agreements:text:settle": _("Remark settled"),
    "agreements:text:bring-in": _("Word file brought in"),
    "agreements:file:hand-in": _("Signed file handed in"),
    "agreements:file:look-again": _("Signatures of a file looked at again"),
    "agreements:file:sign": _("Text signed with a certificate"),
    "agreements:agreement:undo": _("Last step taken back"),
    "agreements:agreement:remind": _("Reminded"),
    "agreements:agreement:call-dormant": _("Called dormant"),
    "agreements:agreement:reconfirm": _("Said to go on"),
    "agreements:agreement:set-term": _("Days set between which it binds"),
    "agreements:party:agree": _("A party agreed to the text"),
    "agreements:approval:give": _("Approval recorded"),
    "agreements:approval:waive": _("Approval waived"),
    "agreements:approval:reconsider": _("Approval reconsidered"),
    "agreements:signatory:name": _("Signatory named"),
    "agreements:signatory:drop": _("Signatory no longer named"),
    "agreements:signatory:sign": _("Signed for a party"),
    "agreements:signatory:take-back": _("Signature taken back"),
    "audit:person:forget": _("Personal values erased from history"),
    "calls:call:make": _("Call drafted"),
    "calls:call:edit": _("Edited"),
    "calls:call:extend": _("More time given"),
    "calls:call:remind": _("Reminded"),
    "calls:application:begin": _("Application begun"),
    "calls:application:answer": _("Answers written"),
    "calls:application:confirm": _("Confirmed by one of its bodies"),
    "calls:application:join": _("Partner asked to take part"),
    "calls:application:leave": _("Partner left"),
    "calls:application:decide": _("Decision noted"),
    "calls:application:list": _("Being named in the results changed"),
    "calls:profile:confirm": _("Profile found right as it stands"),
    "calls:reading:assign": _("Given to a reader"),
    "calls:round:make": _("Round of pairing begun"),
    "calls:round:limit": _("Limits set"),
    "calls:round:tie": _("Pair pinned or forbidden"),
    "calls:round:untie": _("Pin or forbidden pair taken back"),
    "calls:round:solve": _("Asked to be computed"),
    "calls:round:stop": _("Computing stopped"),
    "calls:round:publish": _("Pairs published"),
    "calls:round:leave": _("A body left the round"),
    "calls:pair:follow": _("Project opened for a pair"),
    "cooperation:axis:drop": _("Axis taken out"),
    "cooperation:axis:set": _("Axis written"),
    "cooperation:coordination:leave": _("A body coordinates it no longer"),
    "cooperation:coordination:offer": _("A body was asked to coordinate it"),
    "cooperation:introduction:propose": _("Contact asked for"),
    "cooperation:introduction:remind": _("Reminded"),
    "cooperation:message:say": _("Message written"),
    "cooperation:message:take-back": _("Message taken back unread"),
    "cooperation:programme:edit": _("Edited"),
    "reporting:campaign:chase": _("Those who have not declared were chased"),
    "reporting:campaign:open": _("Declaration campaign opened"),
    "reporting:campaign:remind": _("Reminded"),
    "cooperation:programme:make": _("Programme drafted"),
    "cooperation:thread:let-in": _("Association let into the conversation"),
    "duplicates:entity:merge": _("Two entries merged"),
    "duplicates:entity:undo": _("Merge undone"),
    "duplicates:pair:dismiss": _("Found to be two bodies"),
    "duplicates:pair:propose": _("Proposed as one body"),
    "documents:document:hand-in": _("Handed in"),
    "documents:document:let-go": _("Removed, its last day being over"),
    "exchange:batch:apply": _("Import applied"),
    "exchange:batch:undo": _("Import undone"),
    "exchange:batch:begin-undo": _("Undoing an import begun"),
    "exchange:batch:halt-undo": _("Undoing an import halted"),
    "exchange:submission:hand-in": _("List handed in"),
    "exchange:submission:drop": _("List forgotten"),
    "exchange:doubt:settle": _("Doubtful row decided"),
    "exchange:reference:load": _("Reference data loaded"),
    "privacy:incident:note": _("Incident noted"),
    "privacy:incident:step": _("Step taken about an incident"),
    "privacy:person:erase": _("Person erased"),
    "privacy:person:warn": _("Letter about an unused account"),
    "privacy:request:answer": _("Data request answered"),
    "privacy:request:ask": _("Data request made"),
    "privacy:request:confirm": _("Erasure confirmed"),
    "privacy:request:extend": _("More time taken for a data request"),
    "privacy:request:withdraw": _("Data request withdrawn"),
    "handover:desk:hand-over": _("Desk handed over"),
    "handover:desk:pass-on": _("Desk passed on to the successor"),
    "handover:desk:undo": _("Hand-over undone"),
    "handover:pack:make": _("Hand-over pack taken away"),
    "network:entity:register": _("Registered"),
    "network:mandate:entrust": _("Somebody new may act for the body"),
    "network:mandate:change-role": _("Somebody acts in another role"),
    "network:mandate:end": _("Somebody no longer acts for the body"),
    "network:invitation:make": _("Somebody invited"),
    "network:invitation:withdraw": _("Invitation withdrawn"),
    "network:invitation:accept": _("Invitation accepted"),
    "network:claim:make": _("Page claimed"),
    "network:claim:prove": _("Address of a claim proven"),
    "network:claim:back": _("Claim backed by a first operator"),
    "network:claim:grant": _("Claim granted"),
    "network:claim:decline": _("Claim declined"),
    "network:domain:know": _("E-mail domain known"),
    "network:record:share": _("Who may see it was changed"),
    "network:record:edit": _("Edited"),
    "network:record:remove": _("Removed"),
    "network:record:bring-back": _("Brought back"),
    "network:record:delete": _("Deleted after thirty days"),
    "network:post:open": _("Office entered"),
    "reporting:year:begin": _("Begun"),
    "reporting:year:publish": _("Published"),
    "reporting:year:withdraw": _("Taken back"),
    "reporting:year:remind": _("Reminded"),
    "practices:evidence:show": _("Shown by a document"),
    "practices:evidence:hide": _("A document shown no longer"),
    "practices:practice:write": _("Drafted"),
    "projects:project:begin": _("Begun"),
    "projects:project:undo": _("Last step taken back"),
    "projects:project:remind": _("Reminded"),
    "projects:role:name": _("A body takes part"),
    "projects:role:release": _("A body no longer takes part"),
    "projects:theme:share-out": _("Shares of the themes said"),
    "projects:part:plan": _("Entered"),
    "projects:milestone:finish": _("Done"),
    "projects:evidence:add": _("Shown by a document"),
    "projects:indicator:measure": _("Measured"),
    "projects:report:make": _("Reported"),
    "projects:help:ask": _("Help asked for"),
    "projects:help:answer": _("Help answered"),
    "practices:examples:remove": _("Example removed"),
    "practices:posting:remind": _("Reminded"),
    "practices:posting:post": _("Drafted"),
}
#: Acts that are one of several steps, told by their step.
STEPS: dict[str, dict[str, Words]] = {
    "agreements:agreement:step": {
        "negotiate": _("Negotiation begun"),
        "agree_text": _("Text agreed by all parties"),
        "reopen": _("Back to the text"),
        "seek_approvals": _("Approvals begun"),
        "sign": _("Signed by all parties"),
        "register": _("Registered"),
        "enter_into_force": _("Came into force"),
        "fall_due": _("Due for renewal"),
        "renew": _("Renewed"),
        "suspend": _("Suspended"),
        "resume": _("Resumed"),
        "expire": _("Expired"),
        "break_off": _("Broken off"),
        "terminate": _("Terminated"),
    },
    "calls:call:step": {
        "publish": _("Published"),
        "open": _("Opened"),
        "close": _("Closed"),
        "evaluate": _("Evaluation ended"),
        "decide": _("Decisions published"),
        "cancel": _("Cancelled"),
    },
    "calls:application:step": {
        "submit": _("Submitted"),
        "reopen": _("Taken back to change it"),
        "withdraw": _("Withdrawn"),
        "bar": _("Ruled out"),
        "readmit": _("Admitted again"),
        "accept": _("Accepted"),
        "reserve": _("Put on the reserve list"),
        "refuse": _("Refused"),
        "promote": _("Accepted from the reserve list"),
        "lapse": _("Not submitted in time"),
    },
    "calls:reading:step": {
        "clear": _("No conflict declared"),
        "conflict": _("Conflict of interest declared"),
        "hand_in": _("Sheet handed in"),
        "release": _("Taken from the reader"),
    },
    "cooperation:coordination:step": {
        "accept": _("A body coordinates it now"),
        "decline": _("A body declined to coordinate it"),
        "withdraw": _("Asking a body to coordinate it was taken back"),
    },
    "reporting:declaration:step": {
        "confirm": _("Declared as recorded"),
        "correct": _("Declared with corrections"),
    },
    "cooperation:programme:step": {
        "publish": _("Published"),
        "end": _("Declared over"),
        "reopen": _("Taken up again"),
    },
    "cooperation:introduction:step": {
        "forward": _("Forwarded to the counterpart"),
        "accept": _("Accepted"),
        "decline": _("Declined"),
        "talk": _("Conversation begun"),
        "agree": _("Agreement recorded"),
        "lapse": _("Lapsed"),
    },
    "network:record:say": {
        "confirms": _("Confirmed by one of its sides"),
        "differs": _("Said to be different"),
        "denies": _("Denied"),
    },
    "projects:project:step": {
        "diagnose": _("Diagnosis begun"),
        "formulate": _("Formulated"),
        "approve": _("Approved"),
        "implement": _("Work begun"),
        "finalise": _("Being finished"),
        "close": _("Closed"),
        "suspend": _("Suspended"),
        "resume": _("Resumed"),
        "cancel": _("Cancelled"),
    },
    "practices:practice:step": {"publish": _("Published"), "archive": _("Archived")},
    "practices:posting:step": {
        "publish": _("Published"),
        "match": _("Marked as matched"),
        "fulfil": _("Marked as fulfilled"),
        "expire": _("Expired"),
        "withdraw": _("Withdrawn"),
        "renew": _("Renewed"),
    },
}
#: What fields are called, in the order in which changes are told.
FIELDS: dict[str, Words] = {
    "title": _("Title"),
    "name": _("Name"),
    "names": _("Name"),
    "acronym": _("Acronym"),
    "website": _("Website"),
    "contact_email": _("E-mail address of the office"),
    "valid_from": _("From"),
    "valid_to": _("Until"),
    "since_year": _("Since"),
    "text": _("Text"),
    "summary": _("Summary"),
    "side": _("Offer or need"),
    "kind": _("Kind"),
    "tier": _("Tier"),
    "state": _("State"),
    "confirmation": _("Standing"),
    "asker": _("Asking body"),
    "asked": _("Body asked"),
    "broker": _("Through"),
    "themes": _("Themes"),
    "programme": _("Programme"),
    "planned_from": _("Planned to begin"),
    "planned_to": _("Planned to end"),
    "actual_from": _("Began"),
    "actual_to": _("Ended"),
    "forms": _("Form"),
    "languages": _("Languages"),
    "language": _("Language"),
    "seat": _("Seat"),
    "population": _("Inhabitants"),
    "opens_on": _("From"),
    "expires_on": _("Until"),
    "visibility": _("Who sees it"),
    "embargo_until": _("Not shown before"),
    "kept_until": _("Kept until"),
    "email": _("E-mail address"),
    "answers": _("Answer"),
    "verdict": _("Decision"),
    "reason": _("Reason"),
    "number": _("Number"),
    "submitted_at": _("Submitted"),
    "decided_at": _("Decided"),
    "is_listed": _("Named in the results"),
    "opens_at": _("Opens"),
    "closes_at": _("Closes"),
    "criteria": _("Criteria"),
    "questions": _("Questions"),
    "eligibility": _("Who may apply"),
    "total": _("Score"),
    "heading": _("Heading"),
    "body": _("Wording"),
    "numbered": _("Bears a number"),
}


def deed(trace: Trace) -> str:
    """What an act did, in a few words; an act without words of its own is told by its name."""
    steps = STEPS.get(trace.act, {})
    words = steps.get(str(trace.facts.get("step", ""))) or DEEDS.get(trace.act)
    return str(words or trace.act.replace(":", " · "))


def in_order(names: Iterable[str]) -> list[str]:
    """Fields in the order in which they are told; those without words of their own come last."""
    known = list(FIELDS)
    stems = {name: name.partition(OF)[0] for name in names}
    return sorted(
        stems, key=lambda name: known.index(stems[name]) if stems[name] in FIELDS else len(known)
    )


def field_words(name: str) -> str:
    """What a field is called; of a text in one language, also which."""
    stem, _of, code = name.partition(OF)
    words = str(FIELDS.get(stem) or stem.replace("_", " "))
    of_house: dict[str, Any] = dict(settings.LANGUAGES)
    told = of_house.get(code) or (code and language_name(code, get_language()))
    return f"{words} ({told})" if code else words


def model_of(trace: Trace) -> type[Model] | None:
    """The kind of thing that a trace is about; None when there is no such kind any more."""
    label = trace.subject.partition(":")[0]
    try:
        return apps.get_model(label)
    except (LookupError, ValueError):
        return None


def field_of(model: type[Model] | None, name: str) -> Any:
    """A field of a model, if it has it still."""
    fields = {field.name: field for field in model._meta.get_fields()} if model else {}
    return fields.get(name)


def value_words(field: Any, name: str, value: Any, rows: Rows) -> str:
    """A value as the reader knows it: labels, names and days instead of codes and numbers."""
    if value in (None, "", [], {}):
        return "–"
    if field is not None and field.is_relation:
        found = rows.get(field.related_model, {})
        keys = value if isinstance(value, list) else [value]
        return ", ".join(str(found.get(key) or _("no longer there")) for key in keys)
    if field is not None and getattr(field, "flatchoices", None):
        return str({str(key): words for key, words in field.flatchoices}.get(str(value), value))
    if isinstance(value, dict):
        return _short(pick(value).words)
    if isinstance(value, list):
        return ", ".join(_listed(name, str(one)) for one in value)
    return _day(value) or _short(str(value))


def _listed(name: str, code: str) -> str:
    """One of several codes in words."""
    if name == "forms" and code in Form.values:
        return str(Form(code).label)
    return language_name(code, get_language()) if name == "languages" else code


def _day(value: Any) -> str:
    """A day as the reader writes it; nothing if it is none."""
    try:
        return str(date_format(date.fromisoformat(value), "DATE_FORMAT"))
    except (TypeError, ValueError):
        return ""


def _short(text: str) -> str:
    """The beginning of a text."""
    return text if len(text) <= SHOWN else f"{text[:SHOWN].rstrip()}…"
