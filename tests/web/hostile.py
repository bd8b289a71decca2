"""Texts that would be code if a page forgot what they are, and the shape of a page."""

from html.parser import HTMLParser

from django.apps import apps
from django.db import models

from entrecidades.kernel.text import TextsField

#: What would run: an element, an address or an attribute; PWNED marks what came of it.
CODE = [
    "<script>PWNED()</script>", "<script src=//pwned.example></script>",
    "<img src=x onerror=PWNED()>", "<svg onload=PWNED()>", "<svg/onload=PWNED()//",
    "<svg><script>PWNED()</script></svg>", "<svg><animate onbegin=PWNED() attributeName=x>",
    "<math><mi xlink:href='javascript:PWNED()'>", "<iframe srcdoc='<script>PWNED()</script>'>",
    "<iframe src=javascript:PWNED()>", "<object data=javascript:PWNED()>", "<embed src=//pwned>",
    "<body onload=PWNED()>", "<details open ontoggle=PWNED()>", "<video><source onerror=PWNED()>",
    "<audio src=x onerror=PWNED()>", "<input autofocus onfocus=PWNED()>",
    "<select autofocus onfocus=PWNED()>", "<marquee onstart=PWNED()>",
    "<form action=javascript:PWNED()><button>", "<button formaction=javascript:PWNED()>",
    "<a href=javascript:PWNED()>x</a>", "<a href='java&#10;script:PWNED()'>x</a>",
    "<base href=//pwned.example/>", "<meta http-equiv=refresh content='0;url=//pwned.example'>",
    "<link rel=stylesheet href=//pwned.example>", "<style>@import '//pwned.example'</style>",
    "<style>*{background:url(//pwned.example)}</style>", "<template><script>PWNED()</script>",
    "<noscript><p title='</noscript><img src=x onerror=PWNED()>'>", "<!--><script>PWNED()//-->",
    "<![CDATA[<script>PWNED()</script>]]>", "<?xml-stylesheet href='javascript:PWNED()'?>",
    "<x hx-on:load='PWNED()' hx-trigger=load>", "<div hx-get=//pwned.example hx-trigger=load>",
    "<div popover id=PWNED>", "<div is=pwned-x>", "<slot onslotchange=PWNED()>",
    "{{ PWNED }}", "{% include 'pwned' %}", "${PWNED}", "javascript:PWNED()",
    "＜script＞PWNED()＜/script＞", "\u202e<script>PWNED()</script>",
    "%3Cscript%3EPWNED()%3C/script%3E", "<scr\0ipt>PWNED()</script>",
    "&lt;script&gt;PWNED()&lt;/script&gt;", "&#60;script&#62;PWNED()",
    "<scr<script>ipt>PWNED()</scr</script>ipt>", "<ScRiPt\t>PWNED()</sCrIpT >",
]  # fmt: skip
#: What would first have to be closed.
DOORS = [
    "",
    "\"'>",
    "' onmouseover=PWNED() x='",
    "</title></textarea></script></style>",
    '`\\"--></',
]
PAYLOADS = [door + code for door in DOORS for code in CODE]
#: Columns that hold signs of the house (codes, keys, addresses checked by their form), no words.
OUR_WORDS = {
    *("key", "slug", "digest", "subject", "value", "email", "code", "language", "domain"),
    "zone",  # chosen from a list in the form of a call; no words
}


class Shape(HTMLParser):
    """The elements of a page and the names of their attributes; not what they say."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.elements, self.addresses = [], []

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, tuple(name for name, _value in attrs)))
        named = ("href", "src", "action", "formaction", "hx-get", "hx-post")
        self.addresses += [value or "" for name, value in attrs if name in named]


def shape_of(response):
    """What a page is made of, and where it leads."""
    shape = Shape()
    shape.feed(response.content.decode())
    shape.close()
    return shape


def text_columns():
    """Every column of the house in which words may stand that somebody typed or a file held."""
    for model in apps.get_models():
        if model.__module__.startswith("entrecidades") and not model.__module__.endswith("queue"):
            for field in model._meta.concrete_fields:
                typed = isinstance(field, models.TextField | TextsField) or (
                    type(field) is models.CharField and not field.choices
                )
                if typed and not field.unique and field.name not in OUR_WORDS:
                    yield model, field


def mislead(address):
    """Write a hostile address into every column of addresses."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.URLField):
                model.objects.update(**{field.name: address})


def plant(word):
    """Write a hostile word into every text of every row, as if every service had let it in."""
    planted = []
    for model, field in text_columns():
        if model._meta.app_label in {"audit", "queue"}:
            continue
        said = (
            {"en": word, "pt": word} if isinstance(field, TextsField) else word[: field.max_length]
        )
        # A plain set of rows: those that are written once have a set of their own that refuses.
        if models.QuerySet(model).update(**{field.name: said}):
            planted.append(f"{model._meta.label}.{field.name}")
    return planted
