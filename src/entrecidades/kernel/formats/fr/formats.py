"""French: 1er mars 2026 à 09:05."""

DATE_FORMAT = "jS F Y"
DATETIME_FORMAT = "jS F Y à H:i"
MONTH_DAY_FORMAT = "jS F"
