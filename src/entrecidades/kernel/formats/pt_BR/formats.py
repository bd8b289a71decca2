"""Portuguese of Brazil: 1º de março de 2026."""

DATE_FORMAT = r"jS \d\e F \d\e Y"
DATETIME_FORMAT = r"jS \d\e F \d\e Y à\s H:i"
MONTH_DAY_FORMAT = r"jS \d\e F"
