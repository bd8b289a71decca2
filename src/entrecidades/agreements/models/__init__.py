"""What the room stores."""

from entrecidades.agreements.models.agreement import Agreement, AgreementQuerySet, Series
from entrecidades.agreements.models.party import Party, Signatory

__all__ = ["Agreement", "AgreementQuerySet", "Party", "Series", "Signatory"]
