"""Fold names, so that “São Paulo”, “SAO PAULO” and “Sao-Paulo” are one key."""

import unicodedata

# Letters that Unicode does not take apart into a base and a mark.
UNMARKED = str.maketrans(
    {"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
)


def fold(name: str) -> str:
    """The key under which a name is looked up: no marks, no case, words one blank apart.

    Examples
    --------
    >>> fold("São José dos Campos") == fold("SAO JOSE-DOS CAMPOS")
    True
    >>> fold("L'Aquila"), fold("Łódź"), fold("東京")
    ('l aquila', 'lodz', '東京')
    """
    lowered = name.casefold().translate(UNMARKED)
    if not lowered.isascii():
        parts = unicodedata.normalize("NFKD", lowered)
        bare = "".join(sign for sign in parts if not unicodedata.combining(sign))
        # Taken apart, a few signs show a capital or one of the letters above: “ᴬ” is an A.
        lowered = bare.casefold().translate(UNMARKED)
    return " ".join("".join(sign if sign.isalnum() else " " for sign in lowered).split())
