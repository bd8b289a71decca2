"""Changes of what is known of a place, so that a reader can ask for what is new to it."""

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.sql.compiler import SQLCompiler

from entrecidades.network.models.place import Place


class Turn(models.Func):
    """The number of the transaction that is writing; 0 on SQLite, where writers take turns."""

    template = "((pg_current_xact_id())::text)::bigint"
    arity = 0
    output_field = models.BigIntegerField()

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any
    ) -> tuple[str, Any]:
        """SQLite numbers no transactions: one writes at a time."""
        return self.as_sql(compiler, connection, template="0", **context)


class PlaceChange(models.Model):
    """What is known of a place has changed, and in which transaction (docs/adr/0016)."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="+")
    turn = models.BigIntegerField(db_default=Turn(), editable=False, db_index=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.pk}: {self.place_id}"
