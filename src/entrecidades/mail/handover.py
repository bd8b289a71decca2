"""Letters about desks that change hands: to whoever leaves, and to whoever follows."""

from entrecidades.accounts.models import Person
from entrecidades.handover.models import HandOver
from entrecidades.mail.letters import send_letter
from entrecidades.queue.services import enqueue

LEAVES, FOLLOWS, KEEPS, RETURNS, GIVES_BACK = "leaves", "follows", "keeps", "returns", "gives back"


def tell_of_hand_over(hand_over_id: int) -> None:
    """Promise both a letter: whoever leaves, and whoever follows or keeps the desk meanwhile."""
    one = HandOver.objects.get(pk=hand_over_id)
    keeps = KEEPS if one.invitation_id else FOLLOWS
    for reader, told in ((one.leaver_id, LEAVES), (one.kept_by_id, keeps)):
        enqueue("mail.write_hand_over", hand_over_id=one.pk, reader_id=reader, told=told)


def tell_of_undo(hand_over_id: int) -> None:
    """Promise both a letter that it was undone."""
    one = HandOver.objects.get(pk=hand_over_id)
    for reader, told in ((one.leaver_id, RETURNS), (one.kept_by_id, GIVES_BACK)):
        enqueue("mail.write_hand_over", hand_over_id=one.pk, reader_id=reader, told=told)


def write_hand_over(key: str, hand_over_id: int, reader_id: int, told: str) -> None:
    """Write to one of the two; nothing if she has gone."""
    found = HandOver.objects.select_related("entity", "leaver", "kept_by")
    one = found.filter(pk=hand_over_id).first()
    reader = Person.objects.filter(pk=reader_id).first()
    if one is None or reader is None:
        return
    send_letter(
        key,
        "mail/hand_over.txt",
        "mail/hand_over_subject.txt",
        to=reader.email,
        language=reader.language,
        facts={"hand_over": one, "told": told, "number": sum(map(len, one.moved.values()))},
    )
