"""Somebody with a form before her: what the page puts into it, and what she sends back."""

from html.parser import HTMLParser

from entrecidades.web.kinds import name_of_kind


def address(record, verb="edit"):
    """Where a record is edited, removed, or brought back."""
    return f"/en/own/{name_of_kind(record)}/{record.public_id}/{verb}/"


class Form(HTMLParser):
    """Reads the form that carries ``shown`` as a browser would send it."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.sent, self.inside, self.name, self.choosing = {}, False, "", ""

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        if tag == "input" and told.get("name") == "shown":
            self.inside = True
        if tag == "textarea":
            self.name, self.sent[told["name"]] = told["name"], ""
        elif tag == "select":
            self.choosing = told["name"]
        elif tag == "option" and self.choosing and "selected" in told and told["value"]:
            self.sent.setdefault(self.choosing, []).append(told["value"])
        elif tag == "input" and self.inside and told.get("type") not in {"checkbox", "radio"}:
            self._hold(told["name"], told.get("value", ""), told.get("type"))
        elif tag == "input" and self.inside and "checked" in told:
            self.sent.setdefault(told["name"], []).append(told["value"])

    def _hold(self, name, value, kind):
        """Several hidden inputs of one name are a list."""
        if name in self.sent and kind == "hidden":
            held = self.sent[name]
            self.sent[name] = [*(held if isinstance(held, list) else [held]), value]
        else:
            self.sent[name] = value

    def handle_data(self, data):
        if self.name:
            # A browser takes one line end after the opening tag for none.
            before = self.sent[self.name]
            self.sent[self.name] += data if before else data.removeprefix("\n")

    def handle_endtag(self, tag):
        if tag == "textarea":
            self.name = ""
        elif tag == "select":
            self.choosing = ""
        elif tag == "form" and self.inside:
            self.inside = False


def opened(client, record, response=None):
    """What the form of a record holds, on its own page or on another that shows it."""
    response = response or client.get(address(record))
    form = Form()
    form.feed(response.content.decode())
    form.sent.pop("csrfmiddlewaretoken", None)
    return {name: held for name, held in form.sent.items() if name not in {"q", ""}}


def sent(held, units):
    """The form with some of its units changed."""
    return {**held, **units}
