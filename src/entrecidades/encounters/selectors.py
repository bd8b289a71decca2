"""Questions the house asks about encounters; nothing here writes."""

from django.db.models import QuerySet

from entrecidades.encounters.models import Series


def series_shown() -> QuerySet[Series]:
    """Series with their editions and where each was held, in few queries."""
    return Series.objects.select_related("relation").prefetch_related(
        "editions__country", "editions__place"
    )
