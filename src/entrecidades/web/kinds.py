"""The kinds of record that people of a body edit and remove, as addresses name them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from entrecidades.documents.models import Document
from entrecidades.network.models import Editable, Entity, Kept, Post
from entrecidades.network.selectors import Reader
from entrecidades.practices.models import Posting, Practice
from entrecidades.projects.models import BudgetLine, Indicator, Milestone, Project
from entrecidades.reporting.models import AnnualReport
from entrecidades.web.forms.documents import DocumentEditForm
from entrecidades.web.forms.editing import EditForm
from entrecidades.web.forms.project_parts import (
    BudgetEditForm,
    ForewordForm,
    IndicatorEditForm,
    MilestoneEditForm,
    ProjectEditForm,
)
from entrecidades.web.forms.records import (
    OfficeForm,
    PostingEditForm,
    PracticeEditForm,
    ProfileForm,
)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record: its rows, the form that edits it, and what it is called in a sentence."""

    model: type[Editable]
    form: type[EditForm]
    words: Promise | str

    def own(self, reader: Reader, *, removed: bool = False) -> QuerySet[Any]:
        """The records of the reader's own bodies; with ``removed`` also those that were."""
        if issubclass(self.model, Kept):
            rows: Any = self.model.every_row if removed else self.model._default_manager
            hers: QuerySet[Any] = rows.filter(entity__in=reader.own)
            return hers.select_related("entity__country")
        return self.model._default_manager.filter(pk__in=reader.own)


KINDS: Mapping[str, Kind] = {
    "posting": Kind(Posting, PostingEditForm, _("offer or need")),
    "practice": Kind(Practice, PracticeEditForm, _("practice")),
    "project": Kind(Project, ProjectEditForm, _("project")),
    "milestone": Kind(Milestone, MilestoneEditForm, _("milestone")),
    "budget": Kind(BudgetLine, BudgetEditForm, _("line of the budget")),
    "indicator": Kind(Indicator, IndicatorEditForm, _("indicator")),
    "report": Kind(AnnualReport, ForewordForm, _("annual report")),
    "body": Kind(Entity, ProfileForm, _("profile")),
    "document": Kind(Document, DocumentEditForm, _("document")),
    "office": Kind(Post, OfficeForm, _("office")),
}


def kind_called(name: str) -> Kind:
    """The kind that an address names."""
    if name not in KINDS:
        raise Http404
    return KINDS[name]


def own_record(name: str, public_id: UUID, reader: Reader, *, removed: bool = False) -> Any:
    """A record of one of the reader's own bodies; what is not hers answers like what is not."""
    found = kind_called(name).own(reader, removed=removed).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def name_of_kind(record: Editable) -> str:
    """How addresses name the kind of a record."""
    return next(name for name, kind in KINDS.items() if isinstance(record, kind.model))


def page_of(record: Editable) -> str:
    """Where a record is read: its own address, or that of its body."""
    return getattr(record, "get_absolute_url", record.body.get_absolute_url)()
