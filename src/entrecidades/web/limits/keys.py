"""Under which key something is counted: the file of counts names neither people nor networks."""

from django.utils.crypto import salted_hmac


def key_of(attempt: str, scope: str, whose: str) -> str:
    """A key that says nothing without the instance's secret."""
    words = f"{attempt}\x1f{scope}\x1f{whose}"
    return salted_hmac("entrecidades.limits", words, algorithm="sha256").hexdigest()[:32]
