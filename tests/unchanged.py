"""Nothing half-saved: what a refused act leaves is, row by row, what was there before."""

from contextlib import contextmanager

from django.apps import apps

#: Besides the rooms that a test names: no trace of what did not happen, and no promise.
ALWAYS = ("audit", "queue")


def rows_of(*rooms):
    """Every row of some rooms, as it stands."""
    kinds = [kind for room in rooms for kind in apps.get_app_config(room).get_models()]
    return {kind._meta.label: list(kind._base_manager.order_by("pk").values()) for kind in kinds}


@contextmanager
def nothing_changes(*rooms):
    """What happens inside changes no row of these rooms, leaves no trace and promises nothing."""
    before = rows_of(*rooms, *ALWAYS)
    yield
    assert rows_of(*rooms, *ALWAYS) == before
