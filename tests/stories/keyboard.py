"""A reader who has no mouse: she reaches everything with the keys, or not at all."""

from django.utils.translation import gettext, override, pgettext

from entrecidades.themes.models import Theme

#: Nobody presses Tab more often than this to get anywhere on one page.
PATIENCE = 160
HERE = "element => element === document.activeElement"


class Keyboard:
    """The keys of one reader, and the words of the house in her language."""

    def __init__(self, page, language):
        self.page, self.language = page, language

    def say(self, words, *, of=None, **names):
        """The house's words in the reader's language; said of a thing, if they name it."""
        with override(self.language):
            told = pgettext(of, words) if of else gettext(words)
            return told % names if names else told

    def theme(self, slug):
        """What a theme is called in the reader's language."""
        with override(self.language):
            return str(Theme.objects.get(slug=slug))

    def press(self, *keys):
        """Press some keys, one after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def reach(self, target):
        """Go on with Tab until the focus is on something, and it can be seen that it is."""
        for _ in range(PATIENCE):
            if target.evaluate(HERE):
                return target
            self.press("Tab")
        raise AssertionError(f"Tab never came to {target}")

    def follow(self, target):
        """Reach a link or a button and use it."""
        self.reach(target)
        self.press("Enter")

    def link(self, words, *, within="main", **names):
        """A link of the content, by its words."""
        return self.page.locator(within).get_by_role("link", name=self.say(words, **names)).first

    def button(self, words, *, within="main"):
        """A button of the content, by its words; they may begin with a capital letter."""
        return self.page.locator(within).get_by_role("button", name=self.say(words)).first

    def choose(self, target, words):
        """Reach a list and choose what begins with these words, by typing them."""
        self.reach(target)
        self.page.keyboard.type(words)

    def write(self, target, words):
        """Reach a field and write into it, instead of what was there."""
        self.reach(target)
        self.press("Control+a")
        self.page.keyboard.type(words)

    def title(self, words):
        """Wait for the page of this title."""
        self.page.locator("main h1", has_text=words).wait_for()

    def prove_anew(self, password):
        """Give the password again, where what protects an account is about to change."""
        self.page.wait_for_url("**/reauthenticate/**")
        self.write(self.page.locator("main [name=password]"), password)
        self.press("Enter")
