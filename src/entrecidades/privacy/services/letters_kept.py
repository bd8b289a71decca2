"""Letters that are kept as files, where the instance has no mail server: hers are taken out."""

from pathlib import Path

from django.conf import settings

from entrecidades.privacy.needles import Needles

#: What Django's mail backend writes after each letter.
BETWEEN = "\n" + "-" * 79 + "\n"


def drop_letters(needles: Needles) -> int:
    """Take out every letter that names her, and files of which nothing is left; how many."""
    folder = getattr(settings, "EMAIL_FILE_PATH", None)
    found = sorted(Path(folder).glob("*.log")) if folder and Path(folder).is_dir() else []
    return sum(_drop_from(file, needles) for file in found)


def _drop_from(file: Path, needles: Needles) -> int:
    """Take hers out of one file."""
    letters = file.read_bytes().decode(errors="surrogateescape").split(BETWEEN)
    staying = [letter for letter in letters if not needles.found_in(letter)]
    if len(staying) == len(letters):
        return 0
    if not any(letter.strip() for letter in staying):
        file.unlink()
    else:
        file.write_bytes(BETWEEN.join(staying).encode(errors="surrogateescape"))
    return len(letters) - len(staying)
