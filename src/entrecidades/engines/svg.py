"""SVG in as few bytes as it takes: numbers, escaped text and elements.

Whatever a caller hands over as text is escaped here, so that the name of a
place can never become markup.
"""

from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr


def number(value: float, places: int = 1) -> str:
    """Write a number as briefly as SVG allows, always with a decimal point.

    Parameters
    ----------
    value : float
        A finite number.
    places : int
        Decimal places kept.

    Returns
    -------
    str
        The shortest text SVG reads as that number.

    Raises
    ------
    ValueError
        If the number is infinite or not a number, which SVG cannot draw.

    Examples
    --------
    >>> [number(value) for value in (38.7223, -9.1393, 0.46, -0.02, 12.0)]
    ['38.7', '-9.1', '.5', '0', '12']
    """
    if value != value or value in (float("inf"), float("-inf")):  # noqa: PLR0124
        message = f"SVG cannot draw {value}"
        raise ValueError(message)
    text = f"{value:.{places}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    if text in {"-0", ""}:
        return "0"
    return text.replace("0.", ".", 1) if text.lstrip("-").startswith("0.") else text


def element(name: str, attributes: dict[str, str], children: Iterable[str] = ()) -> str:
    """Write one element; attribute values are escaped, children are markup.

    Examples
    --------
    >>> element("path", {"class": "arc", "d": "M0 0h2"})
    '<path class="arc" d="M0 0h2"/>'
    >>> element("g", {"class": "a&b"}, [text("title", "São Tomé & Príncipe")])
    '<g class="a&amp;b"><title>São Tomé &amp; Príncipe</title></g>'
    """
    written = "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items())
    inside = "".join(children)
    return f"<{name}{written}>{inside}</{name}>" if inside else f"<{name}{written}/>"


def text(name: str, words: str, attributes: dict[str, str] | None = None) -> str:
    """Write one element that holds only text, escaped.

    Examples
    --------
    >>> text("title", "Maputo <MZ>")
    '<title>Maputo &lt;MZ&gt;</title>'
    """
    return element(name, attributes or {}, [escape(words)])
