"""The model act by which a council lets its body adhere to an umbrella, in the body's language."""

from babel.lists import format_list
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from entrecidades.agreements.models import Agreement
from entrecidades.agreements.selectors.life import bound_parties
from entrecidades.agreements.selectors.patterns import day_told
from entrecidades.engines.acts import Act
from entrecidades.kernel.text import pick
from entrecidades.network.countries import locale_of, official_languages
from entrecidades.network.models import Entity

#: A name of so many letters is kept on one line.
UNBROKEN = 30


def language_of(entity: Entity) -> str:
    """The language in which a body writes its acts, as far as the house speaks it.

    Brazil's bodies write the Portuguese of Brazil; the house's own language where it knows none.
    """
    known = {code for code, _name in settings.LANGUAGES}
    official = official_languages(entity.country_id)
    regional = [f"{code}-{entity.country_id.lower()}" for code in official]
    return next((code for code in [*regional, *official] if code in known), settings.LANGUAGE_CODE)


def model_act(adhesion: Agreement, language: str) -> Act:
    """The act for an adhesion, in a language; what is to be filled in stands in brackets."""
    umbrella, body = adhesion.umbrella, adhesion.drafter
    with translation.override(language):
        told = {
            "body": together(body.name_in(language)) or _("[name of the body]"),
            "umbrella": (pick(umbrella.title).words if umbrella else "") or _("[title]"),
            "reference": umbrella.reference if umbrella else _("[number]"),
            "parties": _listed(_names(umbrella, language), language) or _("[parties]"),
            "day": _signed(umbrella, language),
            "own": adhesion.reference,
        }
        named = [str(theme) for theme in umbrella.themes.all()] if umbrella else []
        themes = _listed(named, language)
        return Act(
            language=language,
            on=adhesion.opened_at.date(),
            title=_("Act on the adhesion of %(body)s to an umbrella agreement") % told,
            line=_("Number [number], of [day]. File %(own)s.") % told,
            recitals=_recitals(told, themes),
            enacts=_("The competent organ of %(body)s decides:") % told,
            articles=_articles(told),
            closing=_("[Place], [day]."),
            signer=_("[Name and office of who signs for %(body)s]") % told,
            note=_(
                "A model to be adapted, not legal advice: confirm with your legal service which "
                "organ decides, and in which form."
            ),
        )


def together(name: str) -> str:
    r"""A name that no line's end breaks, if it is short enough for that.

    Examples
    --------
    >>> together("Belo Horizonte")
    'Belo\xa0Horizonte'
    """
    return name.replace(" ", "\u00a0") if len(name) <= UNBROKEN else name


def _names(umbrella: Agreement | None, language: str) -> list[str]:
    """Between whom the umbrella is."""
    parties = bound_parties(umbrella) if umbrella else []
    return [together(party.entity.name_in(language)) for party in parties]


def _listed(names: list[str], language: str) -> str:
    """Names as a sentence lists them; those that are missing leave no comma behind."""
    return format_list([one for one in names if one.strip()], locale=locale_of(language))


def _signed(umbrella: Agreement | None, language: str) -> str:
    """When the umbrella was signed."""
    day = umbrella.signed_on if umbrella else None
    return together(day_told(day, language)) or _("[day]")


def _recitals(told: dict[str, str], themes: str) -> tuple[str, ...]:
    """On what the act rests."""
    rests = (
        _(
            "Considering the agreement “%(umbrella)s” (%(reference)s) between %(parties)s, signed "
            "on %(day)s, which admits the members of its parties;"
        )
        % told,
        _("considering that %(body)s is a member of one of its parties;") % told,
    )
    on = _("considering that it is about: %(themes)s;") % {"themes": themes}
    return (*rests, on) if themes else rests


def _articles(told: dict[str, str]) -> tuple[str, ...]:
    """What the act decides."""
    return (
        _("Article 1. %(body)s adheres to the agreement named above and accepts its text.") % told,
        _("Article 2. [Name and office] is authorised to sign the adhesion and what it needs."),
        _(
            "Article 3. The adhesion by itself costs nothing. Expenses are decided for each "
            "project, within the budget."
        ),
        _("Article 4. This act is communicated to the parties of the agreement and published."),
    )
