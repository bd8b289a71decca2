"""Who is told of what: each promise becomes one letter for each reader, promised in its turn."""

from entrecidades.accounts.models import Person
from entrecidades.accounts.permissions import Permission
from entrecidades.accounts.roles import roles_with
from entrecidades.cooperation.choices import IntroductionState
from entrecidades.cooperation.models import Introduction, Message, ThreadSide
from entrecidades.cooperation.rules import ASKED, ASKER, BROKER, steps_for
from entrecidades.cooperation.selectors import words_travel
from entrecidades.kernel import clock
from entrecidades.network.models import Entity, Mandate, Statement, holding
from entrecidades.network.selectors.statements import other_speakers
from entrecidades.practices.models import Posting
from entrecidades.queue.services import enqueue


def tell_of_introduction(introduction_id: int, state: str = "") -> None:
    """Tell the officers who have to act on an introduction, or hear of its answer.

    ``state`` is the one that was promised to be told; a promise of an earlier
    release names none and tells the present one.
    """
    introduction = _introduction(introduction_id)
    told = state or introduction.state
    bodies = _addressees(introduction, IntroductionState(told))
    for reader in _readers(bodies, Permission.ANSWER):
        _promise("introduction", introduction_id, reader, told)


def tell_of_silence(introduction_id: int, lapses_on: str) -> None:
    """Remind the officers of every side whose step is awaited."""
    introduction = _introduction(introduction_id)
    sides = {
        ASKER: introduction.asker,
        ASKED: introduction.asked,
        BROKER: introduction.broker or introduction.asked,
    }
    state = IntroductionState(introduction.state)
    awaited = [body for side, body in sides.items() if steps_for(state, frozenset({side}))]
    for reader in _readers(awaited, Permission.ANSWER):
        _promise("silence", introduction_id, reader, lapses_on)


def tell_of_message(message_id: int) -> None:
    """Tell the other sides of a conversation that something was written to them.

    A side that has something unread already was told of it: one letter until it reads, unless the
    words themselves go by mail. What was taken back meanwhile is told to nobody.
    """
    message = Message.objects.filter(pk=message_id).exclude(thread__introduction=None).first()
    if message is None:
        return
    sides = ThreadSide.objects.filter(thread=message.thread_id).exclude(entity=message.entity_id)
    bodies = [side.entity for side in sides.select_related("entity") if _is_news(message, side)]
    for reader in _readers(bodies, Permission.ANSWER):
        _promise("message", message_id, reader, "")


def _is_news(message: Message, side: ThreadSide) -> bool:
    """Whether a message is the first that a side has not read."""
    earlier = Message.objects.filter(thread=message.thread_id, pk__lt=message.pk)
    unread = earlier.exclude(entity=side.entity_id)
    if side.read_at:
        if side.read_at >= message.written_at:
            return False
        unread = unread.filter(written_at__gt=side.read_at)
    return words_travel() or not unread.exists()


def tell_of_expiry(posting_id: int, last_day: str) -> None:
    """Remind the officers of a body that one of its postings runs out."""
    posting = Posting.objects.select_related("entity").filter(pk=posting_id).first()
    for reader in _readers([posting.entity] if posting else [], Permission.PUBLISH):
        _promise("expiry", posting_id, reader, last_day)


def tell_other_side(statement_id: int, stance: str) -> None:
    """Tell the officers of the other side what one side has said of a record of both."""
    statement = Statement.objects.filter(pk=statement_id).first()
    for reader in _readers(other_speakers(statement) if statement else [], Permission.CONFIRM):
        _promise("statement", statement_id, reader, stance)


def _promise(kind: str, subject_id: int, reader: Person, told: str) -> None:
    """Promise one letter to one reader: facts are numbers, words are found when it is written."""
    enqueue("mail.write", kind=kind, subject_id=subject_id, reader_id=reader.pk, told=told)


def _introduction(introduction_id: int) -> Introduction:
    """An introduction with its sides."""
    rows = Introduction.objects.select_related("asker", "asked", "broker")
    return rows.get(pk=introduction_id)


def _addressees(introduction: Introduction, state: IntroductionState) -> list[Entity]:
    """Whose turn it is to read: of two who were brought together mostly both."""
    answered = {IntroductionState.ACCEPTED, IntroductionState.TALKING}
    if introduction.is_convened and state not in answered:
        return [introduction.asker, introduction.asked]
    return [_addressee(introduction, state)]


def _addressee(introduction: Introduction, state: IntroductionState) -> Entity:
    """Whose turn it is to read: the association, then the body asked, then the one that asked."""
    if state == IntroductionState.REQUESTED and introduction.broker:
        return introduction.broker
    if state in {IntroductionState.REQUESTED, IntroductionState.FORWARDED}:
        return introduction.asked
    return introduction.asker


def _readers(entities: list[Entity], permission: Permission) -> list[Person]:
    """The people of some bodies whose role today allows it, each once however many mandates."""
    mandates = Mandate.objects.filter(
        holding(clock.today()), entity__in=entities, role__in=roles_with(permission)
    )
    acting = Person.objects.filter(pk__in=mandates.values("person"), is_active=True)
    return list(acting.order_by("pk"))
