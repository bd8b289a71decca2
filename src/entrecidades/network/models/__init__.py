"""Places, entities and the ties between them, one module for each kind of thing."""

from entrecidades.network.models.change import PlaceChange
from entrecidades.network.models.duplicate import Duplicate, Merge
from entrecidades.network.models.editing import Editable, Kept
from entrecidades.network.models.entity import Entity, EntityName, Identifier
from entrecidades.network.models.joining import Claim, Invitation, MailDomain
from entrecidades.network.models.partnership import Partnership
from entrecidades.network.models.place import Country, Place, PlaceName, Region
from entrecidades.network.models.sharing import Shared
from entrecidades.network.models.statement import Confirmable, Statement
from entrecidades.network.models.ties import (
    Homologue,
    Mandate,
    Membership,
    Post,
    Succession,
    holding,
)

__all__ = [
    "Claim",
    "Confirmable",
    "Country",
    "Duplicate",
    "Editable",
    "Entity",
    "EntityName",
    "Homologue",
    "Identifier",
    "Invitation",
    "Kept",
    "MailDomain",
    "Mandate",
    "Membership",
    "Merge",
    "Partnership",
    "Place",
    "PlaceChange",
    "PlaceName",
    "Post",
    "Region",
    "Shared",
    "Statement",
    "Succession",
    "holding",
]
