"""What names a person in free words: her addresses, and her full name."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Needles:
    """Words that lead to her, longest first; a single name is everybody's and is none."""

    words: tuple[str, ...]

    @classmethod
    def of(cls, name: str, addresses: Iterable[str]) -> "Needles":
        """What to look for.

        Examples
        --------
        >>> Needles.of("Ana Maria Nuvunga", ["ana@maputo.example"]).words
        ('ana@maputo.example', 'Ana Maria Nuvunga')
        >>> Needles.of("Ana", []).words
        ()
        """
        full = [" ".join(name.split())] if len(name.split()) > 1 else []
        return cls(tuple(sorted({*addresses, *full} - {""}, key=lambda word: (-len(word), word))))

    def masked(self, value: Any, by: str) -> Any:
        """A text, or anything JSON knows, in which each needle is replaced.

        Examples
        --------
        >>> Needles(("ana@maputo.example",)).masked({"en": "Ask Ana@Maputo.example"}, "[officer]")
        {'en': 'Ask [officer]'}
        """
        if isinstance(value, str):
            return self._pattern().sub(lambda _found: by, value) if self.words else value
        if isinstance(value, dict):
            return {self.masked(name, by): self.masked(one, by) for name, one in value.items()}
        if isinstance(value, bytes | memoryview):
            # A file that is a text; bytes that are none come back as they were.
            told = bytes(value).decode(errors="surrogateescape")
            return self.masked(told, by).encode(errors="surrogateescape")
        return [self.masked(one, by) for one in value] if isinstance(value, list) else value

    def found_in(self, value: Any) -> bool:
        r"""Whether a text, or anything JSON knows, names her.

        Examples
        --------
        >>> Needles(("Ana Nuvunga",)).found_in({"pt": ["Cumprimentos,\nAna Nuvunga"]})
        True
        """
        if isinstance(value, str):
            return bool(self.words) and bool(self._pattern().search(value))
        if isinstance(value, dict):
            return any(self.found_in(one) for pair in value.items() for one in pair)
        if isinstance(value, bytes | memoryview):
            return self.found_in(bytes(value).decode(errors="surrogateescape"))
        return isinstance(value, list) and any(map(self.found_in, value))

    def _pattern(self) -> re.Pattern[str]:
        """Any needle as a word of its own, in any case, however it is spaced."""
        one_of = "|".join(r"\s+".join(map(re.escape, word.split())) for word in self.words)
        return re.compile(rf"(?<![\w.+-])(?:{one_of})(?![\w-])", re.IGNORECASE)
