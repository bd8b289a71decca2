"""Where a fact comes from: every imported record says so, in the same three fields."""

from django.db import models


class Sourced(models.Model):
    """A record that names its source."""

    source_title = models.CharField(max_length=300, blank=True)
    source_url = models.URLField(max_length=500, blank=True)
    source_accessed_on = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True
