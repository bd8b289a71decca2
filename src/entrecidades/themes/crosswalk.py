"""What the codes beside a theme mean: goals, sectors and functions by the names of their lists.

Only the upper levels are named here (an SDG, a DAC sector of three digits, a
COFOG division of two); the code in full is kept with the theme.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from entrecidades.themes.models import Theme

#: Sustainable Development Goals, in the short form of the United Nations.
GOALS = {
    "1": _("No poverty"),
    "2": _("Zero hunger"),
    "3": _("Good health and well-being"),
    "4": _("Quality education"),
    "5": _("Gender equality"),
    "6": _("Clean water and sanitation"),
    "7": _("Affordable and clean energy"),
    "8": _("Decent work and economic growth"),
    "9": _("Industry, innovation and infrastructure"),
    "10": _("Reduced inequalities"),
    "11": _("Sustainable cities and communities"),
    "12": _("Responsible consumption and production"),
    "13": _("Climate action"),
    "14": _("Life below water"),
    "15": _("Life on land"),
    "16": _("Peace, justice and strong institutions"),
    "17": _("Partnerships for the goals"),
}
#: Sectors of the OECD Development Assistance Committee, by the first three digits.
SECTORS = {
    "111": _("Education, level unspecified"),
    "112": _("Basic education"),
    "113": _("Secondary education"),
    "114": _("Post-secondary education"),
    "121": _("Health, general"),
    "122": _("Basic health"),
    "123": _("Non-communicable diseases"),
    "130": _("Population policies and reproductive health"),
    "140": _("Water supply and sanitation"),
    "151": _("Government and civil society, general"),
    "152": _("Conflict, peace and security"),
    "160": _("Other social infrastructure and services"),
    "210": _("Transport and storage"),
    "220": _("Communications"),
    "231": _("Energy policy"),
    "232": _("Energy generation, renewable sources"),
    "236": _("Energy distribution"),
    "240": _("Banking and financial services"),
    "250": _("Business and other services"),
    "311": _("Agriculture"),
    "312": _("Forestry"),
    "313": _("Fishing"),
    "321": _("Industry"),
    "331": _("Trade policies and regulations"),
    "332": _("Tourism"),
    "410": _("General environment protection"),
    "430": _("Other multisector"),
    "720": _("Emergency response"),
    "740": _("Disaster prevention and preparedness"),
}
#: Functions of government of the United Nations (COFOG 1999), by division.
DIVISIONS = {
    "01": _("General public services"),
    "02": _("Defence"),
    "03": _("Public order and safety"),
    "04": _("Economic affairs"),
    "05": _("Environmental protection"),
    "06": _("Housing and community amenities"),
    "07": _("Health"),
    "08": _("Recreation, culture and religion"),
    "09": _("Education"),
    "10": _("Social protection"),
}


@dataclass(frozen=True, slots=True)
class Code:
    """A code, and the name of the goal, sector or division it belongs to."""

    code: str
    name: str


def goals_of(theme: Theme) -> list[Code]:
    """The SDG targets of a theme, each with its goal."""
    return [Code(code, str(GOALS.get(code.partition(".")[0], ""))) for code in theme.sdg]


def sectors_of(theme: Theme) -> list[Code]:
    """The DAC purpose codes of a theme, each with its sector."""
    return [Code(code, str(SECTORS.get(code[:3], ""))) for code in theme.dac]


def divisions_of(theme: Theme) -> list[Code]:
    """The COFOG functions of a theme, each with its division."""
    return [Code(code, str(DIVISIONS.get(code[:2], ""))) for code in theme.cofog]
