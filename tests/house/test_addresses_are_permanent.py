"""Each thing that has an address is found there, in every language."""

import pytest
from django.apps import apps
from django.conf import settings
from django.urls import resolve
from django.utils.translation import override

from tests.factories.agreements import AgreementFactory, TextFactory
from tests.factories.calls import ApplicationFactory, CallFactory, ReadingFactory
from tests.factories.circulars import CircularFactory
from tests.factories.cooperation import IntroductionFactory, ProgrammeFactory, RelationFactory
from tests.factories.encounters import SeriesFactory
from tests.factories.network import (
    CountryFactory,
    EntityFactory,
    HomologueFactory,
    MembershipFactory,
    PartnershipFactory,
    PlaceFactory,
)
from tests.factories.practices import PostingFactory, PracticeFactory
from tests.factories.projects import (
    BudgetLineFactory,
    IndicatorFactory,
    MilestoneFactory,
    ProjectFactory,
)
from tests.factories.reporting import AnnualReportFactory, CampaignFactory, DeclarationFactory
from tests.factories.rounds import RoundFactory
from tests.factories.themes import ThemeFactory

MAKERS = {
    "agreements.Text": TextFactory,
    "calls.Application": ApplicationFactory,
    "calls.Call": CallFactory,
    "calls.Reading": ReadingFactory,
    "calls.Round": RoundFactory,
    "cooperation.Introduction": IntroductionFactory,
    "cooperation.Programme": ProgrammeFactory,
    "cooperation.Relation": RelationFactory,
    "encounters.Series": SeriesFactory,
    "members.Circular": CircularFactory,
    "network.Country": CountryFactory,
    "network.Entity": EntityFactory,
    "network.Homologue": HomologueFactory,
    "network.Membership": MembershipFactory,
    "network.Partnership": PartnershipFactory,
    "network.Place": PlaceFactory,
    "practices.Posting": PostingFactory,
    "practices.Practice": PracticeFactory,
    "projects.BudgetLine": BudgetLineFactory,
    "projects.Indicator": IndicatorFactory,
    "projects.Milestone": MilestoneFactory,
    "agreements.Agreement": AgreementFactory,
    "projects.Project": ProjectFactory,
    "reporting.AnnualReport": AnnualReportFactory,
    "reporting.Campaign": CampaignFactory,
    "reporting.Declaration": DeclarationFactory,
    "themes.Theme": ThemeFactory,
}


def test_everything_with_an_address_is_tried_here():
    addressed = {model._meta.label for model in apps.get_models() if addresses(model)}
    assert addressed == MAKERS.keys()


def addresses(model):
    return hasattr(model, "get_absolute_url") and model.__module__.startswith("entrecidades.")


@pytest.mark.django_db
@pytest.mark.parametrize("label", MAKERS)
def test_its_address_leads_to_a_page_in_every_language(label):
    thing = MAKERS[label]()
    for language, _name in settings.LANGUAGES:
        with override(language):
            address = thing.get_absolute_url()
            assert address.startswith(f"/{language}/")
            assert resolve(address).url_name.endswith("-detail")


@pytest.mark.django_db
@pytest.mark.parametrize("label", MAKERS)
def test_its_address_does_not_count(label):
    """Where things are numbered one after the other, anybody can count them and try the next."""
    thing = MAKERS[label]()
    if isinstance(thing.pk, int):
        assert str(thing.pk) not in thing.get_absolute_url().split("/")
