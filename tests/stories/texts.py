"""What officers do with the text of an agreement, whatever story they are in."""


def check_all(officer):
    """Check every clause that one's own side has not checked."""
    officer.page.locator("article.clause").first.wait_for()
    buttons = officer.page.locator("button[name=check]")
    while count := buttons.count():
        officer.follow(buttons.first)
        officer.page.wait_for_function(
            "n => document.querySelectorAll('button[name=check]').length < n", arg=count
        )
