"""Files that are sent to us: kept on disk while they arrive, and only as much as may be."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import TemporaryFileUploadHandler


class Bounded(TemporaryFileUploadHandler):
    """Writes a file down as it comes; of one that is too large, one piece more than may be.

    The rest is let pass by, so that the page can say what was wrong. How large it is allowed to
    be is asked of `documents`, which refuses it.
    """

    def new_file(self, *args: Any, **facts: Any) -> None:
        """A file begins."""
        super().new_file(*args, **facts)
        self.seen = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """A piece of it comes."""
        if self.seen <= settings.DOCUMENT_BYTES:
            super().receive_data_chunk(raw_data, start)
            self.seen += len(raw_data)

    def file_complete(self, file_size: int) -> Any:
        """It has come; of one that was cut its size is what is kept of it."""
        return super().file_complete(min(file_size, self.seen))
