"""A memorandum of Maputo and Belo Horizonte in two languages, half checked; examples for tests."""

import datetime as dt

from entrecidades.agreements import services
from entrecidades.agreements.patterns import patterns
from entrecidades.agreements.selectors import text_from
from entrecidades.agreements.text_rules import seal_of
from entrecidades.network.choices import Visibility
from entrecidades.network.services import Seen
from tests.factories.agreements import (
    AgreementFactory,
    RemarkFactory,
    SignedFileFactory,
    TextFactory,
    VersionFactory,
)

A_MOMENT = dt.datetime(2026, 11, 20, 9, 0, tzinfo=dt.UTC)


def agreements_of(bodies, people, theme):
    """One agreement with its text, one whose text nobody has begun."""
    ends = {"drafter": bodies["maputo"], "partners": [bodies["belo-horizonte"]]}
    title = {"pt": "Resíduos onde nenhum camião passa", "en": "Waste where no lorry passes"}
    agreement = AgreementFactory(
        **ends, title=title, languages=["pt", "fr"], state="negotiating", opened_at=A_MOMENT
    )
    agreement.themes.add(theme)
    who = {"by": people["maputo"], "at": A_MOMENT}
    words, clauses = text_from(patterns()["memorandum"], agreement)
    text = services.begin_text(
        agreement=agreement, title=words, clauses=clauses, model="memorandum", **who
    )
    services.number_version(text=text, note="Para começar.", **who)
    party = agreement.parties.get(entity=bodies["maputo"])
    for key in text.keys[:5]:
        seal = seal_of(text.clause(key), text.codes)
        services.check_meaning(text=text, key=key, party=party, seal=seal, **who)
    key = text.keys[4]
    seen = Seen(text.version, text.clause(key).units())
    means = "Cada Parte suporta os seus custos, e paga as viagens das suas equipas."
    services.write_clause(text=text, key=key, seen=seen, said={"body.pt": means}, **who)
    RemarkFactory(text=text, key=key, written_at=A_MOMENT)
    SignedFileFactory(agreement=agreement, looked_at=A_MOMENT)
    unwritten = AgreementFactory(**ends, title=title, languages=["pt", "fr"], opened_at=A_MOMENT)
    signed = AgreementFactory(**ends, title=title, binding=True, visibility=Visibility.PUBLIC)
    sealed = VersionFactory(text=TextFactory(agreement=signed))
    sealed.text.agreed = sealed
    sealed.text.save()
    return {
        "sealed": str(signed.public_id),
        "agreement": str(agreement.public_id),
        "clause": key,
        "unwritten": str(unwritten.public_id),
    }
