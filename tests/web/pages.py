"""What the tests of the story pages share: hostile words, and a page's plain text."""

HOSTILE = [
    "<script>alert(1)</script>",
    "' OR 1=1 --",
    "\0",
    "%00",
    "é" * 5000,
    "-1",
    "99999999999999999999",
    "../../etc/passwd",
    "{{ 7*7 }}",
    "\u202e",
]


def text_of(response):
    """The answer as letters."""
    return response.content.decode()
