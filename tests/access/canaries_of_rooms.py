"""Words planted in documents, conversations, agreements, calls and projects."""

from entrecidades.cooperation.models import Enclosure, Introduction
from entrecidades.network.choices import Visibility
from entrecidades.network.models import Entity
from entrecidades.projects.models import Evidence
from tests.factories.agreements import (
    AgreementFactory,
    RemarkFactory,
    SignatoryFactory,
    TextFactory,
)
from tests.factories.calls import ApplicationFactory, CallFactory
from tests.factories.cooperation import MessageFactory, ThreadFactory
from tests.factories.documents import DocumentFactory
from tests.factories.network import EntityFactory
from tests.factories.projects import (
    BEGUN,
    HelpRequestFactory,
    IndicatorFactory,
    MilestoneFactory,
    ProjectFactory,
    ProjectReportFactory,
)

CITIES = ("Maputo", "Curitiba", "Seattle")
PAIRS = (("Maputo", "Curitiba"), ("Seattle", "Maputo"), ("Curitiba", "Seattle"))
PRIVATE, PARTNER = Visibility.PRIVATE, Visibility.PARTNER


def plant_rooms(birds, world, rungs):
    """A word in every text of the rooms whose records several bodies share."""
    for name in CITIES:
        for rung in rungs.values():
            _document(birds, world, name, rung)
    for pair in PAIRS:
        _conversation(birds, world, *pair)
        _agreement(birds, world, *pair)
        _application(birds, world, *pair)
        for rung in (PARTNER, *(one for one in rungs.values() if one > PARTNER)):
            _project(birds, world, *pair, rung)
    _calls(birds, world)


def _file_of(birds, document, word):
    birds.keep(word, f"/en/documents/{document.public_id}/file/")
    return document


def _document(birds, world, name, rung):
    """Title, name of the file, content."""
    word = birds.word(rung, name)
    facts = {"visibility": rung, "title": birds.word(rung, name)}
    content = birds.word(rung, name).encode()
    document = DocumentFactory(
        entity=world.body(name), content=content, file_name=f"{word}.txt", **facts
    )
    return _file_of(birds, document, word)


def _conversation(birds, world, one, other):
    """What two bodies say to each other, and a document that goes with it."""
    contact = Introduction.objects.get(
        asker__in=(world.body(one), world.body(other)),
        asked__in=(world.body(one), world.body(other)),
    )
    Introduction.objects.filter(pk=contact.pk).update(state="accepted")
    message = MessageFactory(
        thread=ThreadFactory(introduction=contact),
        entity=world.body(one),
        words=birds.word(PRIVATE, one, other),
    )
    word = birds.word(PRIVATE, one, other)
    document = DocumentFactory(
        entity=world.body(one), content=word.encode(), title=birds.word(PRIVATE, one, other)
    )
    Enclosure.objects.create(message=message, document=_file_of(birds, document, word))


def _agreement(birds, world, one, other):
    """An agreement that is being written: its title, its text, a remark, who signs."""
    word = birds.word(PARTNER, one, other)
    agreement = AgreementFactory(
        drafter=world.body(one), partners=[world.body(other)], title={"en": word}
    )
    text = TextFactory(agreement=agreement, title={"pt": birds.word(PARTNER, one, other)})
    clause = text.clauses[0]
    clause["heading"]["pt"] = birds.word(PARTNER, one, other)
    clause["body"]["pt"] = birds.word(PARTNER, one, other)
    text.save()
    RemarkFactory(text=text, words=birds.word(PARTNER, one, other))
    party = agreement.parties.get(entity=agreement.drafter)
    SignatoryFactory(party=party, name=birds.word(PARTNER, one, other))
    birds.keep(word, text.get_absolute_url())
    address = getattr(agreement, "get_absolute_url", None)
    if address:
        birds.keep(word, address())


def _application(birds, world, lead, partner):
    """A draft, which only its parties read; the call is run by nobody who comes to the door."""
    word = birds.word(PARTNER, lead, partner)
    application = ApplicationFactory(
        call=CallFactory(open=True), lead=world.body(lead), title=word
    )
    application.parts.create(
        entity=world.body(partner),
        position=1,
        answers={"part": birds.word(PARTNER, lead, partner)},
    )
    application.answers = {"aim": birds.word(PARTNER, lead, partner)}
    application.save()
    birds.records.append(application)


def _calls(birds, world):
    """A draft of the city's association, one of another, and one that is open."""
    group = Entity.objects.get(slug="anamm")
    for body, also in ((group, ["coordinator"]), (EntityFactory(association=True), [])):
        word = birds.word(PRIVATE, "nobody's", also=also)
        call = CallFactory(entity=body, slug=f"call-{word}", title={"en": word})
        call.text = {"en": birds.word(PRIVATE, "nobody's", also=also)}
        call.save()
        birds.keep(word, call.get_absolute_url())
    word = birds.word(Visibility.PUBLIC, "nobody's")
    birds.keep(word, CallFactory(open=True, title={"en": word}).get_absolute_url())
    # Submitted, those who run the call read it too.
    said = {"also": ["coordinator"]}
    application = ApplicationFactory(
        call=CallFactory(entity=group, closed=True),
        lead=world.body("Seattle"),
        submitted=True,
        title=birds.word(PRIVATE, "Seattle", **said),
    )
    application.answers = {"aim": birds.word(PRIVATE, "Seattle", **said)}
    application.save()
    birds.records.append(application)


def _project(birds, world, lead, partner, rung):
    """What is shared, and what only those who take part read."""
    shared = [{"en": birds.word(rung, lead, partner)} for _text in range(4)]
    project = ProjectFactory(
        entity=world.body(lead),
        parties=[("receiver", world.body(partner))],
        visibility=rung,
        title=shared[0],
        summary=shared[1],
    )
    MilestoneFactory(project=project, title=shared[2])
    IndicatorFactory(project=project, title=shared[3])
    ProjectReportFactory(project=project, words=birds.word(PRIVATE, lead, partner))
    HelpRequestFactory(project=project, words=birds.word(PRIVATE, lead, partner))
    document = _document(birds, world, lead, PRIVATE)
    Evidence.objects.create(project=project, document=document, added_at=BEGUN)
    birds.records.append(project)
