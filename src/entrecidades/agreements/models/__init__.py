"""What the room stores."""

from entrecidades.agreements.models.agreement import Agreement, AgreementQuerySet, Series
from entrecidades.agreements.models.life import AgreementMove, Approval
from entrecidades.agreements.models.party import Party, Signatory
from entrecidades.agreements.models.seal import Printed, SignedFile
from entrecidades.agreements.models.text import Consent, Remark, SameMeaning, Text, Version

__all__ = [
    "Agreement",
    "AgreementMove",
    "AgreementQuerySet",
    "Approval",
    "Consent",
    "Party",
    "Printed",
    "Remark",
    "SameMeaning",
    "Series",
    "Signatory",
    "SignedFile",
    "Text",
    "Version",
]
