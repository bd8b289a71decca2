"""What each part of the score is called and what it looks at, for readers."""

from django.utils.translation import gettext_lazy as _

PART_LABELS = {
    "needs": _("What you need"),
    "offers": _("What you offer"),
    "role": _("Role and standing"),
    "size": _("Size"),
    "language": _("Language"),
    "history": _("History of partnerships"),
    "distance": _("Distance"),
    "name": _("Name"),
    "programme": _("Programmes"),
}
PART_TEXTS = {
    "needs": _("How much of what you need the other does well or offers."),
    "offers": _("How much of what the other needs you do well or offer."),
    "role": _(
        "Whether both have the same role: capital, largest city of its region, metropolis, "
        "port, association; whether each is the centre of its surroundings, and its rank in its "
        "region."
    ),
    "size": _(
        "Which sizes have become partners until now. Like sizes attract each other, but not "
        "everywhere: small European towns often chose large Brazilian ones."
    ),
    "language": _("Whether your bodies work in a common language."),
    "history": _(
        "What cities like yours already do with cities like the other: partnerships between the "
        "two regions and countries, of your neighbours, of your partners' partners, and how much "
        "the other is in touch with the world."
    ),
    "distance": _("How far apart the two are."),
    "name": _(
        "Whether the two share a name, as Venezia and Nova Veneza do: often a sign of emigration."
    ),
    "programme": _(
        "Whether both take part in a programme or relation, and whether it puts the theme first."
    ),
}
