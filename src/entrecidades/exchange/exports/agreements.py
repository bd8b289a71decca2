"""Agreements as records, row by row from the database."""

from collections.abc import Iterator

from entrecidades.agreements.models import Agreement, AgreementQuerySet
from entrecidades.exchange.exports.sheet import Record, Value
from entrecidades.kernel.text import pick

AGREEMENTS = (
    *("reference", "kind", "title", "title_language", "state", "parties", "observers"),
    *("countries", "languages", "themes", "umbrella", "amends", "programme", "opened_on"),
    *("signed_on", "in_force_from", "ends_on", "dormant", "address"),
)
CHUNK = 500


def agreement_records(agreements: AgreementQuerySet) -> Iterator[Record]:
    """Agreements as records, each a line between the seats of its first two parties."""
    rows = agreements.select_related("umbrella", "amends", "programme").prefetch_related(
        "parties__entity__seat", "themes"
    )
    for agreement in rows.iterator(CHUNK):
        yield Record(_values(agreement), _positions(agreement))


def _positions(agreement: Agreement) -> tuple[tuple[float, float], ...]:
    """Where its parties sit."""
    seats = [one.entity.seat for one in agreement.parties.all() if one.is_bound]
    return tuple((seat.longitude, seat.latitude) for seat in seats if seat)[:2]


def _values(agreement: Agreement) -> tuple[Value, ...]:
    """One agreement in the order of the columns."""
    title, parties = pick(agreement.title), list(agreement.parties.all())
    return (
        *(agreement.reference, agreement.kind, title.words, title.language, agreement.state),
        tuple(one.entity.name for one in parties if one.is_bound),
        tuple(one.entity.name for one in parties if not one.is_bound),
        tuple(sorted({one.entity.country_id for one in parties})),
        tuple(agreement.languages),
        tuple(theme.slug for theme in agreement.themes.all()),
        agreement.umbrella.reference if agreement.umbrella else None,
        agreement.amends.reference if agreement.amends else None,
        agreement.programme.slug if agreement.programme else None,
        agreement.opened_at.date(),
        *(agreement.signed_on, agreement.in_force_from, agreement.ends_on),
        *(agreement.is_dormant, f"agreements/{agreement.reference}/"),
    )
