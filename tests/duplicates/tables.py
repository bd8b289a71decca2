"""Every row of every table that names a body, so that before and after can be compared."""

from entrecidades.duplicates.selectors.references import tables
from entrecidades.network.models import Entity


def everything():
    """Table → its rows, whole."""
    models = {table.model for table in tables()} | {Entity}
    return {
        model._meta.label: sorted(model._base_manager.values_list(), key=repr) for model in models
    }
