"""Everything that may happen to documents, one function per act."""

from entrecidades.documents.services.handing_in import Examined, examine, hand_in
from entrecidades.documents.services.keeping import bind, let_go, release, sweep

__all__ = ["Examined", "bind", "examine", "hand_in", "let_go", "release", "sweep"]
