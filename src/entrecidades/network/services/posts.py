"""Offices of a body."""

from collections.abc import Mapping
from datetime import date

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from entrecidades.accounts.permissions import Permission
from entrecidades.audit.changes import made_with
from entrecidades.audit.services import record as leave_trace
from entrecidades.network.choices import Act
from entrecidades.network.models import Entity, Post
from entrecidades.network.rules import check_office
from entrecidades.network.selectors.rights import require


@transaction.atomic
def open_post(*, entity: Entity, title: Mapping[str, str], by: AbstractBaseUser, on: date) -> Post:
    """Enter an office of a body, held by nobody yet; its term and address are edited into it.

    Raises
    ------
    ValidationError
        When the person may not edit the body's profile (`NotAllowed`), or the title is empty.
    """
    require(by, Permission.EDIT_PROFILE, entity, on=on)
    check_office(title)
    post = Post(entity=entity, title=dict(title))
    post.full_clean()
    post.save()
    leave_trace(
        Act.OPEN_POST,
        subject=post,
        by=by,
        body=entity,
        changes=made_with(post, "title"),
        title=post.title,
    )
    return post
