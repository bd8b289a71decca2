"""Officers at their desks, each in her own browser and without a mouse, and what they weigh."""

import re
from pathlib import Path

from tests.stories.keyboard import Keyboard


class Scale:
    """What a journey weighs: the bytes of everything that travels to its browsers and from them.

    Heads are counted as the browser writes them; what it takes from its own cache weighs nothing.
    """

    def __init__(self):
        self.bytes = {}

    def watch(self, page, who):
        """Count what a page loads and sends for somebody."""
        line = page.context.new_cdp_session(page)
        line.send("Network.enable")
        line.on("Network.loadingFinished", lambda told: self.add(who, told["encodedDataLength"]))
        line.on("Network.requestWillBeSentExtraInfo", lambda told: self.add(who, _sent(told)))

    def add(self, who, count):
        """So many bytes more."""
        self.bytes[who] = self.bytes.get(who, 0) + int(count)

    @property
    def total(self):
        """The bytes of all together."""
        return sum(self.bytes.values())


def _sent(told):
    """The bytes of a request: its head, and what goes with it."""
    head = {name.lower(): value for name, value in told["headers"].items()}
    return sum(len(name) + len(value) + 4 for name, value in head.items()) + int(
        head.get("content-length", 0)
    )


class Officer(Keyboard):
    """Somebody who reads and fills in pages with her keys alone."""

    def __init__(self, page, language, url):
        super().__init__(page, language)
        self.url = url

    def go(self, path):
        """Follow an address that she was sent; it begins behind the language."""
        self.page.goto(f"{self.url}/{self.language}/{path}")

    def at(self, selector):
        """The first of something on the page."""
        return self.page.locator(f"main {selector}").first

    def use(self, selector):
        """Reach a button or a link and press it, until another page is there."""
        self.reach(self.at(selector))
        with self.page.expect_navigation():
            self.press("Enter")

    def take(self, step):
        """Take a step by its button."""
        self.use(f"button[name=step][value={step}]")

    def fill(self, **said):
        """Write into fields by their names; a day is written as its digits."""
        for name, words in said.items():
            self.write(self.at(f"[name='{name}']"), words)

    def tick(self, selector):
        """Tick a box, or choose one of several with the arrows, unless it is so already."""
        target = self.at(selector)
        if target.is_checked():
            return
        if target.get_attribute("type") == "checkbox":
            self.reach(target)
            self.press("Space")
        else:
            group = self.at(f"[name='{target.get_attribute('name')}']")
            many = self.page.locator(f"main [name='{target.get_attribute('name')}']")
            chosen = [one for one in many.all() if one.is_checked()]
            self.reach(chosen[0] if chosen else group)
            if not chosen:
                self.press("Space")
            while not target.is_checked():
                self.press("ArrowDown")
        assert target.is_checked()

    def pick(self, selector, value):
        """Choose from a list by typing what the choice is called."""
        words = self.at(f"{selector} option[value='{value}']").inner_text()
        self.choose(self.at(selector), words.strip())
        assert self.at(selector).input_value() == value

    def attach(self, selector, name, content):
        """Reach a field for a file and hand one in; the chooser itself is the machine's window."""
        file = {"name": name, "mimeType": "application/pdf", "buffer": content}
        self.reach(self.at(selector)).set_input_files(file)

    def save_file(self, selector):
        """Follow a link that gives a file, and return its bytes."""
        self.reach(self.at(selector))
        with self.page.expect_download() as coming:
            self.press("Enter")
        return Path(coming.value.path()).read_bytes()

    def file_behind(self, selector):
        """Reach a link that shows a file, and return its bytes."""
        address = self.reach(self.at(selector)).get_attribute("href")
        return self.page.context.request.get(self.url + address).body()

    def send(self):
        """Send the form that the page is about."""
        self.use("form.form button[type=submit]")

    def reads(self, words, **names):
        """Wait until the page says this, in her language."""
        self.page.locator("main", has_text=self.say(words, **names)).first.wait_for()

    def text(self):
        """Everything that can be read in the content."""
        return re.sub(r"\s+", " ", self.page.locator("main").inner_text())


def sitting_down(browser, house):
    """Let people sit down: ``come("maputo", "pt")``, or somebody whom nobody knows."""
    kept = []

    def come(who="", language="en", scale=None):
        context = browser.new_context(locale=language, reduced_motion="reduce")
        context.set_default_timeout(20_000)
        kept.append(context)
        if who:
            context.add_cookies([house.session(who)])
        page = context.new_page()
        page.set_viewport_size({"width": 1280, "height": 900})
        if scale is not None:
            scale.watch(page, who or "somebody")
        return Officer(page, language, house.url)

    yield come
    for context in kept:
        context.close()
