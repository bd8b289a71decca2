"""Italian: 1º marzo 2026, without a zero before it and without the day of the week."""

DATE_FORMAT = "jS F Y"
DATETIME_FORMAT = "jS F Y, H:i"
MONTH_DAY_FORMAT = "jS F"
