"""Documents, with a content that really lies in the store."""

import datetime as dt
import hashlib

import factory

from entrecidades.documents import store
from entrecidades.documents.choices import FileKind
from entrecidades.documents.models import Document
from tests.factories.network import EntityFactory

A_TEXT = b"Minutes of an example.\n"


def kept(content):
    """The hash of a content that is put into the store."""
    sha256 = hashlib.sha256(content).hexdigest()
    with store.desk() as folder:
        (folder / "in").write_bytes(content)
        store.bring_in(folder / "in", sha256)
    return sha256


class DocumentFactory(factory.django.DjangoModelFactory):
    """A short text that its body keeps to itself; ``content=b"..."`` is another."""

    class Meta:
        model = Document

    class Params:
        content = A_TEXT

    entity = factory.SubFactory(EntityFactory)
    title = factory.Sequence(lambda n: f"Document {n}")
    language = "en"
    file_name = "minutes.txt"
    kind = FileKind.TXT
    size = factory.LazyAttribute(lambda document: len(document.content))
    sha256 = factory.LazyAttribute(lambda document: kept(document.content))
    handed_in_at = dt.datetime(2009, 11, 18, 9, 0, tzinfo=dt.UTC)
