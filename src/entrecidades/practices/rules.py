"""The lives of a posting and of a practice, as tables: no database, no clock, no request."""

from collections.abc import Iterable, Mapping
from datetime import timedelta

from django.utils.translation import gettext as _

from entrecidades.kernel.errors import Refusal
from entrecidades.practices.choices import (
    Form,
    PostingState,
    PostingStep,
    PracticeState,
    PracticeStep,
)

S, T = PostingState, PostingStep

LIFE: dict[tuple[PostingState, PostingStep], PostingState] = {
    (S.DRAFT, T.PUBLISH): S.PUBLISHED,
    (S.DRAFT, T.WITHDRAW): S.WITHDRAWN,
    (S.PUBLISHED, T.MATCH): S.MATCHED,
    (S.PUBLISHED, T.EXPIRE): S.EXPIRED,
    (S.PUBLISHED, T.WITHDRAW): S.WITHDRAWN,
    (S.PUBLISHED, T.RENEW): S.PUBLISHED,
    (S.MATCHED, T.FULFIL): S.FULFILLED,
    (S.MATCHED, T.PUBLISH): S.PUBLISHED,
    (S.MATCHED, T.EXPIRE): S.EXPIRED,
    (S.MATCHED, T.WITHDRAW): S.WITHDRAWN,
    (S.EXPIRED, T.RENEW): S.PUBLISHED,
}

#: Where the last day ends the life of a posting.
EXPIRING = [state for state in S if (state, T.EXPIRE) in LIFE]
#: So long before its last day a body is reminded that it can renew.
NOTICE = timedelta(days=14)


PRACTICE_LIFE: dict[tuple[PracticeState, PracticeStep], PracticeState] = {
    (PracticeState.DRAFT, PracticeStep.PUBLISH): PracticeState.PUBLISHED,
    (PracticeState.PUBLISHED, PracticeStep.ARCHIVE): PracticeState.ARCHIVED,
    (PracticeState.STALE, PracticeStep.ARCHIVE): PracticeState.ARCHIVED,
    (PracticeState.VERIFIED, PracticeStep.ARCHIVE): PracticeState.ARCHIVED,
    (PracticeState.ARCHIVED, PracticeStep.PUBLISH): PracticeState.PUBLISHED,
}


class NothingSaid(Refusal):
    """A posting without a title says nothing to its readers."""


class UnknownForm(Refusal):
    """The vocabulary has no such form of sharing."""


def check_title(title: Mapping[str, str]) -> None:
    """Refuse a title without words in any language."""
    if not any(words.strip() for words in title.values()):
        raise NothingSaid(_("Give it a title in at least one language."))


def check_forms(forms: Iterable[str]) -> None:
    """Refuse forms of sharing that the vocabulary does not have."""
    for form in forms:
        if form not in Form.values:
            raise UnknownForm(_("“%(form)s” is no form of sharing.") % {"form": form})
