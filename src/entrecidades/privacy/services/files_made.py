"""Files that the house made of its rows, and that may hold a person's name: made anew without."""

from collections.abc import Callable, Mapping

from entrecidades.privacy.register import register
from entrecidades.queue.models import Job
from entrecidades.queue.services import enqueue

#: Who makes a file anew, by the model of its row.
MAKERS: Mapping[str, Callable[[int], Job]] = {
    "handover.Pack": lambda key: enqueue("privacy.make_pack_anew", pack_id=key),
    "reporting.Edition": lambda key: enqueue("privacy.make_edition_anew", edition_id=key),
}


def make_anew(*, was_named: bool) -> int:
    """Empty the files that may name somebody who is erased, and promise them; how many.

    Packs tell of people by their names. Other files hold what people wrote: if she was named in
    no text and in no text's history, none of them can name her. Also a file that is being made
    right now is promised again, so that what was gathered before the erasure is replaced.
    """
    count = 0
    for entry in register().values():
        if not entry.made or not (was_named or entry.made == "always"):
            continue
        rows = entry.model._default_manager.all()
        keys = list(rows.order_by("pk").values_list("pk", flat=True))
        rows.update(content=None, done=0, total=0)
        for key in keys:
            MAKERS[entry.label](key)
        count += len(keys)
    return count
