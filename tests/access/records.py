"""For each address that names something: the somethings, in each state that changes who may."""

import uuid

from django.urls import resolve

from entrecidades.accounts.models import Person
from entrecidades.agreements.models import Agreement, Approval, Party, Signatory
from entrecidades.cooperation.models import Introduction, Meeting
from entrecidades.network.choices import Visibility
from entrecidades.network.models import Confirmable
from entrecidades.projects.models import Project
from tests.access.text_records import same_words, text_arguments, text_of, words_of
from tests.conftest import entrusted
from tests.factories.accounts import NominationFactory
from tests.factories.agreements import AgreementFactory, ApprovalFactory, SignatoryFactory
from tests.factories.cooperation import (
    CoordinationFactory,
    IntroductionFactory,
    MeetingFactory,
    ProgrammeFactory,
    RelationFactory,
)
from tests.factories.documents import DocumentFactory
from tests.factories.duplicates import DuplicateFactory, merge_of_two
from tests.factories.encounters import SeriesFactory
from tests.factories.exchange import DoubtFactory, SubmissionFactory
from tests.factories.handover import HandOverFactory
from tests.factories.network import (
    ClaimFactory,
    HomologueFactory,
    InvitationFactory,
    MembershipFactory,
    PartnershipFactory,
)
from tests.factories.practices import PostingFactory, PracticeFactory
from tests.factories.privacy import DataRequestFactory, IncidentFactory
from tests.factories.projects import IndicatorFactory, MilestoneFactory, ProjectFactory
from tests.factories.reporting import AnnualReportFactory, DeclarationFactory, EditionFactory
from tests.factories.themes import ThemeFactory

#: How the states of a shared record come about.
SHARED = {
    "public": {"visibility": Visibility.PUBLIC},
    "oversight": {"visibility": Visibility.OVERSIGHT},
    "association": {"visibility": Visibility.ASSOCIATION},
    "private": {"visibility": Visibility.PRIVATE},
}
FORGED = uuid.UUID("00000000-0000-4000-8000-000000000000")


def shared(make, **facts):
    """One record in each state of sharing, and one that is still a draft."""
    made = {state: make(**facts, **said) for state, said in SHARED.items()}
    return made | {"draft": make(**facts, visibility=Visibility.PUBLIC, state="draft")}


def programme_led_by(city, relation):
    """A programme that the city coordinates, with its report of a year and the file of it."""
    programme = ProgrammeFactory(relation=relation)
    CoordinationFactory(programme=programme, entity=city)
    report = AnnualReportFactory(programme=programme, entity=city, out=True)
    EditionFactory(report=report, content=b"%PDF-1.7")
    return programme


def projects_of(city):
    """One project in each state of sharing: its parties always see it."""
    shown = {state: said for state, said in SHARED.items() if state != "private"}
    shown["partner"] = {"visibility": Visibility.PARTNER}
    return {state: ProjectFactory(entity=city, **said) for state, said in shown.items()}


def agreements_of(city, other, third):
    """An idea of ours, one in approval, one in force for all to see, and one of others."""
    approving = AgreementFactory(drafter=city, partners=[third], state="approvals")
    party = approving.parties.get(entity=city)
    ApprovalFactory(party=party)
    SignatoryFactory(party=party)
    return {
        "ours": AgreementFactory(drafter=city, partners=[third]),
        "approving": approving,
        "public": AgreementFactory(
            drafter=city, partners=[third], binding=True, visibility=Visibility.PUBLIC
        ),
        "others": AgreementFactory(drafter=third, partners=[other]),
    }


def records_of(world):
    """What Maputo has, by kind and state, and a contact that is not its own."""
    city, other, third = (world.body(name) for name in ("Maputo", "Curitiba", "Seattle"))
    relation = RelationFactory()
    colleague = entrusted(city, email="colleague@city.example")
    return {
        "city": {"there": world["Maputo"]},
        "place": {"there": world["Maputo"]},
        "country": {"there": city.country},
        "entity": {"there": city},
        "theme": {"there": ThemeFactory(slug="waste-disposal")},
        "relation": {"there": relation},
        "programme": {"there": programme_led_by(city, relation)},
        "declaration": {
            "there": DeclarationFactory(
                project=ProjectFactory(entity=city), campaign__programme__relation=relation
            )
        },
        "series": {"there": SeriesFactory()},
        "record": {
            "partnership": PartnershipFactory(one=city.seat, other=other.seat),
            "homologue": HomologueFactory(one=city, other=other),
            "membership": MembershipFactory(member=city, group__slug="group"),
        },
        "handover": {"there": HandOverFactory(entity=city)},
        "text": {"there": text_of(city, third)},
        "words": words_of(city, third),
        "posting": shared(PostingFactory, entity=city),
        "practice": shared(PracticeFactory, entity=city),
        "document": {
            state: DocumentFactory(entity=city, **said) for state, said in SHARED.items()
        },
        "project": {
            state: MilestoneFactory(project=IndicatorFactory(project=one).project).project
            for state, one in projects_of(city).items()
        },
        "agreement": agreements_of(city, other, third),
        "import": {"there": (doubt := DoubtFactory()).batch},
        "doubt": {"there": doubt},
        "submission": {"there": SubmissionFactory()},
        "request": {"there": DataRequestFactory()},
        "incident": {"there": IncidentFactory()},
        "duplicate": {"there": DuplicateFactory()},
        "merge": {"there": merge_of_two()},
        "introduction": {
            "ours": MeetingFactory(
                message__thread__introduction=IntroductionFactory(asker=other, asked=city)
            ).message.thread.introduction,
            "others": IntroductionFactory(asker=third, asked=other),
        },
        "team": {"there": city},
        "mandate": {"there": colleague.mandates.get()},
        "person": {"there": colleague},
        "claim": {"orphan": ClaimFactory(entity=third, state="waiting")},
        "nomination": {"there": NominationFactory()},
        "invitation": {"there": InvitationFactory(entity=city, by=colleague)},
    }


def kind_of(name):
    """The kind of thing an address names, by the address's own name."""
    if name == "web:text-read":
        return "words"  # of an agreement: whoever sees it, once it is signed
    kind = name.rpartition(":")[2].partition("-")[0]
    return {"office": "entity"}.get(kind, kind)  # an office is entered on the page of its body


def arguments(kind, thing):
    """What an address of a kind of thing may carry; nothing there: what nobody bears."""
    carried = {"fmt": "csv", "kind": kind, "slug": "no-such-thing", "key": "no-such-key"}
    carried |= {
        "public_id": FORGED,
        "country": "zz",
        "uidb36": "zz",
        "provider_id": "nobody",
        "pk": 999,
        "external_id": "no-such-partnership",
        "number": 999,
        "ticket": "forged",
    }
    carried |= {"year": 2009, "language": "en", "page": "basics", "which": "new"}
    carried |= {"part": "milestone", "indicator": FORGED, "milestone": FORGED, "evidence": FORGED}
    carried |= {"other_country": "zz", "other_slug": "no-such-thing"}
    carried |= {"remark": FORGED, "file": FORGED, "meeting": FORGED}
    carried |= {"reference": "NOBODY-2009-001", "approval": FORGED, "signatory": FORGED}
    if thing is None:
        return carried
    if isinstance(thing, Confirmable):
        return carried | resolve(thing.get_absolute_url()).kwargs
    carried |= {
        name: getattr(thing, name)
        for name in ("slug", "key", "public_id", "external_id", "pk")
        if hasattr(thing, name)
    }
    carried["number"] = thing.pk
    if kind == "application":
        carried["key"] = "aim"  # a question that its call asks of all together
    if kind in MORE:
        carried |= MORE[kind](thing)
    if isinstance(thing, Introduction):
        meeting = Meeting.objects.filter(message__thread__introduction=thing).first()
        carried |= {"meeting": meeting.public_id} if meeting else {}
    if isinstance(thing, Agreement):
        carried["reference"] = thing.reference
        named = {
            "approval": Approval.objects.filter(party__agreement=thing).first(),
            "signatory": Signatory.objects.filter(party__agreement=thing).first(),
        }
        carried |= {name: one.public_id for name, one in named.items() if one}
    if isinstance(thing, Project):
        carried["indicator"] = thing.indicators.get().public_id
        carried["milestone"] = thing.milestones.get().public_id
    code = getattr(thing, "country_id", None) or getattr(thing, "code", "")
    return carried | ({"country": code.lower()} if code else {})


def circular_arguments(letter):
    """A letter, and a list of members, is listed on the page of its association."""
    return {"slug": letter.entity.slug, "country": letter.entity.country_id.lower()}


#: What some addresses carry of something beside the thing itself.
MORE = {"text": text_arguments, "circular": circular_arguments, "roll": circular_arguments}


def offer_of(world):
    """An offer of Maputo, complete."""
    return {
        "entity": str(world.body("Maputo").public_id),
        "side": "offer",
        "themes": ["waste-disposal"],
        "title": "Separate collection",
        "text": "In quarters where no lorry can pass.",
        "language": "pt",
        "form": ["training"],
        "languages": ["pt"],
        "opens_on": "2009-11-19",
        "expires_on": "2010-11-19",
        "visibility": "40",
    }


def practice_of(world):
    """A practice of Maputo, complete."""
    wanted = ("entity", "themes", "title", "language", "visibility")
    return {name: offer_of(world)[name] for name in wanted} | {"summary": "Where no lorry passes."}


def project_of(world):
    """A project of Maputo, complete."""
    wanted = ("entity", "themes", "title", "language", "visibility")
    told = {name: offer_of(world)[name] for name in wanted}
    return told | {"kind": "project", "own_role": "receiver", "partner_role": "first_provider"}


def for_city(**said):
    """A form sent for Maputo, in one language."""
    return lambda world: {
        "entity": str(world.body("Maputo").public_id),
        "language": "pt",
        "first_on": "2009-01-01",
        "last_on": "2009-11-19",
        **said,
    }


def desk_of(_world):
    """The officer hands over to the administrator."""
    officer, admin = (
        Person.objects.get(email=f"{role}@city.example").pk for role in ("officer", "admin")
    )
    return {"leaver": officer, "to": f"person:{admin}", "confirmed": "on"}


def heir_of(world):
    """The administrator takes what waits for whoever leaves."""
    admin = Person.objects.get(email="admin@city.example")
    return {f"to-{world.body('Maputo').public_id}": admin.pk}


#: What some addresses are asked for.
QUERIES = {
    "web:agreement-step": "?step=break_off",
    "api:find": "?q=Maputo",
    "web:compare-export": "?place=mz/maputo",
}


def word_of(world):
    """That a record is so, said for Maputo."""
    said = {"stance": "confirms", "language": "pt"}
    return said | {"entity": str(world.body("Maputo").public_id)}


def agreement_of(world):
    """An agreement of Maputo with Curitiba, complete."""
    wanted = ("entity", "themes", "title", "language")
    told = {name: offer_of(world)[name] for name in wanted}
    return told | {"kind": "protocol", "partners": "br/curitiba", "first_language": "pt"}


def our_party(world):
    """Maputo as a party of the idea that is ours."""
    ours = Party.objects.filter(agreement__state="exploratory", entity=world.body("Maputo"))
    return {"party": ours.get().pk}


#: What a form is sent with, so that only rights decide what becomes of it.
PAYLOADS = {
    "web:agreement-new": agreement_of,
    "web:agreement-step": lambda _world: {"step": "negotiate"},
    "web:agreement-agree": our_party,
    "web:agreement-term": lambda _world: {"in_force_from": "2010-01-01"},
    "web:agreement-addendum": for_city(title="One year more"),
    "web:agreement-signatory": for_city(name="Ana Example", post="Mayor", power="Law 12/2023"),
    "web:agreement-sign": lambda _world: {"drop": ""},
    "web:agreement-approval": lambda _world: {
        "outcome": "given",
        "deciding_body": "Assembleia",
        "act_number": "7/2009",
        "decided_on": "2009-11-01",
        "language": "pt",
    },
    "web:call-apply": lambda world: {
        "lead": str(world.body("Maputo").public_id),
        "title": "Waste where no lorry passes",
        "language": "pt",
    },
    "web:call-step": lambda _world: {"step": "cancel", "reason": "There is no money."},
    "web:round-step": lambda _world: {"step": "solve", "version": "1"},
    "web:application-answer": lambda _world: {"answer": ""},
    "web:application-partner": lambda _world: {"partner": "it/turin"},
    "web:application-step": lambda _world: {"step": "withdraw"},
    "web:reading-detail": lambda _world: {"version": "1"},
    "web:reading-step": lambda _world: {"step": "conflict", "conflict": "My sister works there."},
    "web:text-add": lambda _world: {"body.pt": "Nova."},
    "web:text-clause": same_words,
    "web:text-act": lambda _world: {"move": "up"},
    "web:text-remark": lambda _world: {"words": "Why?"},
    "web:text-settle": lambda _world: {"state": "closed"},
    "web:posting-new": offer_of,
    "web:posting-step": lambda _world: {"step": "withdraw"},
    "web:circular-edit": lambda _world: {"version": "1", "subject.pt": "Bom dia"},
    "web:circular-step": lambda _world: {"step": "drop"},
    "web:roll-step": lambda _world: {"step": "drop"},
    "web:claim-decide": lambda _world: {"grant": ""},
    "web:person-look": lambda _world: {"reason": "She cannot find her draft.", "minutes": "15"},
    "web:person-nominate": lambda _world: {"reason": "She helps to run the site."},
    "web:person-proofs": lambda _world: {"reason": "Called back at her city hall."},
    "web:nomination-decide": lambda _world: {"grant": ""},
    "web:doubt-settle": lambda _world: {"decision": "dismiss"},
    "web:mandate-end": heir_of,
    "web:mandate-role": lambda _world: {"role": "technician"},
    "web:team-invite": lambda _world: {"role": "officer", "email": ""},
    "web:my-data-request": lambda _world: {"kind": "rectification", "words": "My name."},
    "web:erasure": lambda _world: {"sure": "on"},
    "web:request-note": lambda _world: {"kind": "access", "country": "BR", "email": "a@b.example"},
    "web:request-detail": lambda _world: {"step": "answer", "words": "Done."},
    "web:incident-new": lambda _world: {
        "title": "A backup was lost",
        "country": "BR",
        "known_at": "2009-11-19T10:00",
    },
    "web:incident-detail": lambda _world: {"step": "tell-authority"},
    "web:practice-new": practice_of,
    "web:programme-build": lambda _world: {"step": "end"},
    "web:programme-following": lambda _world: {"year": "2009"},
    "web:programme-year-step": lambda _world: {"step": "withdraw"},
    "web:project-new": project_of,
    "web:project-step": lambda _world: {"step": "diagnose"},
    "web:project-roles": lambda _world: {"named": "br/curitiba", "role": "funder"},
    "web:project-plan": for_city(title="Lorries", due_on="2010-01-01"),
    "web:project-report": for_city(words="We began."),
    "web:project-measure": for_city(value="4"),
    "web:project-say": for_city(stance="confirms"),
    "web:project-help": for_city(words="Our lorry has not come."),
    "web:practice-step": lambda _world: {"step": "archive"},
    "web:office-new": lambda _world: {"title": "International relations"},
    "web:duplicate-settle": lambda _world: {"decision": "merge"},
    "web:duplicate-new": lambda world: {
        "one": str(world.body("Maputo").public_id),
        "other": str(world.body("Curitiba").public_id),
    },
    "web:introduction-say": for_city(words="Bom dia", token=str(FORGED)),
    "web:introduction-take-back": lambda _world: {"message": str(FORGED)},
    "web:introduction-step": lambda _world: {"step": "accept"},
    "web:record-say": word_of,
    "web:partnership-new": lambda world: {**word_of(world), "partner": "it/turin"},
    "web:entity-hand-over": desk_of,
    "web:entity-pack": lambda _world: {"as": "pdf"},
    "web:sharing": lambda _world: {"visibility": "40"},
}
