"""Hands files in and is killed at each step: one process imports the house, then forks.

``python killed.py OFFICER BODY`` forks a child for each place in `PLACES`, in which it dies by
SIGKILL, and says how each ended.
"""

import os
import signal
import sys

#: Module, name: the child dies when it comes there; `after` lets the step happen first.
PLACES = {
    "before anything is written": ("entrecidades.documents.store", "write_down", False),
    "when it was written down": ("entrecidades.documents.store", "write_down", True),
    "before it is looked into": ("entrecidades.documents.nursery", "look_into", False),
    "when it was looked into": ("entrecidades.documents.nursery", "look_into", True),
    "before it is moved": ("entrecidades.documents.store", "_alone", False),
    "when it was moved": ("entrecidades.documents.store", "_make_last", False),
    "when it was brought in": ("entrecidades.documents.store", "bring_in", True),
    "before the row is written": (
        "entrecidades.documents.services.handing_in",
        "made_with",
        False,
    ),
    "before the row is committed": ("entrecidades.documents.services.handing_in", "record", True),
}


def die():
    """End at once, without a word to anybody."""
    os.kill(os.getpid(), signal.SIGKILL)


def deadly(step, *, after):
    """A step in which the process dies."""

    def go(*args, **facts):
        if after:
            step(*args, **facts)
        die()

    return go


def hand_in_and_die(place, officer, body):
    """Hand a file in, and die on the way."""
    from importlib import import_module  # noqa: PLC0415 - after the settings were named

    from django.core.files.base import ContentFile  # noqa: PLC0415 - likewise

    from entrecidades.accounts.models import Person  # noqa: PLC0415 - likewise
    from entrecidades.documents.services import hand_in  # noqa: PLC0415 - likewise
    from entrecidades.kernel import clock  # noqa: PLC0415 - likewise
    from entrecidades.network.models import Entity  # noqa: PLC0415 - likewise

    module, name, after = PLACES[place]
    holder = import_module(module)
    setattr(holder, name, deadly(getattr(holder, name), after=after))
    hand_in(
        entity=Entity.objects.get(pk=body),
        upload=ContentFile(b"Minutes of a meeting.\n", name="minutes.txt"),
        title="",
        language="en",
        by=Person.objects.get(pk=officer),
        at=clock.now(),
    )


def main():
    """A child for each place."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "entrecidades.config.settings"
    import django  # noqa: PLC0415 - in this process, after the settings were named

    django.setup()
    for place in PLACES:
        if child := os.fork():
            _child, status = os.waitpid(child, 0)
            sys.stdout.write(f"{place}: {os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0}\n")
        else:
            try:
                hand_in_and_die(place, *map(int, sys.argv[1:]))
            finally:
                os._exit(1)


if __name__ == "__main__":
    main()
