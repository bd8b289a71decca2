"""The text of an agreement of the city, for the matrix: numbered, changed since, discussed."""

from entrecidades.network.choices import Visibility
from tests.factories.agreements import (
    AgreementFactory,
    RemarkFactory,
    TextFactory,
    VersionFactory,
)


def text_of(city, partner):
    """A text with one version, another title since, and an open remark."""
    agreement = AgreementFactory(drafter=city, partners=[partner], state="negotiating")
    text = TextFactory(agreement=agreement)
    VersionFactory(text=text)
    RemarkFactory(text=text)
    text.title = dict.fromkeys(text.codes, "Acordo")
    text.save()
    return text


def words_of(city, partner):
    """Agreements whose words are still written, signed and shared with the parties, or public."""
    signed = {"drafter": city, "partners": [partner], "binding": True}
    made = {
        "written": AgreementFactory(drafter=city, partners=[partner], state="text_agreed"),
        "signed": AgreementFactory(**signed),
        "public": AgreementFactory(**signed, visibility=Visibility.PUBLIC),
    }
    for agreement in made.values():
        version = VersionFactory(text=TextFactory(agreement=agreement))
        version.text.agreed = version
        version.text.save()
    return made


def text_arguments(text):
    """What the addresses of a text carry besides the agreement's public id."""
    remark = text.remarks.get().public_id
    return {"key": text.keys[1], "number": 1, "remark": remark, "fmt": "pdf"}


def same_words(_world):
    """What the second clause says already, so that only rights decide what becomes of it."""
    return {
        f"{part}.{code}": words.format(code)
        for code in ("pt", "pt-br")
        for part, words in (("heading", "Cláusula 2 ({})"), ("body", "Corpo 2 ({})."))
    }
