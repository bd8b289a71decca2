"""Promise work, keep what was promised, and look after what was not kept."""

from entrecidades.queue.services.attention import cancel, retry
from entrecidades.queue.services.keeping import Keeper, Outward, enqueue, keep_one
from entrecidades.queue.services.recurring import promise_recurring

__all__ = ["Keeper", "Outward", "cancel", "enqueue", "keep_one", "promise_recurring", "retry"]
