"""What officers do with an agreement until it is in force and shown, in whatever story."""


def record_approvals(officer, agreement, day):
    """Record each open approval of her own body, with its act, and do without what is optional."""
    open_ones = f"li:has(a[href*='{agreement}approvals/']):not(:has(.mark-done))"
    while True:
        officer.go(agreement)
        left = officer.page.locator(f"main {open_ones}").filter(has_text=officer.say("still open"))
        if not left.count():
            return
        target = officer.reach(left.first.locator("a[href*='/approvals/']"))
        with officer.page.expect_navigation():
            target.press("Enter")
        officer.fill(deciding_body="Assembleia", act_number="7/2026", decided_on=day)
        officer.send()


def record_signature(officer, agreement, name, *, day, place, file=None):
    """Say who signs for her body, and that she has; perhaps with the signed file."""
    officer.go(f"{agreement}signatories/new/")
    officer.fill(name=name, post="Presidente", power="Lei (exemplo)")
    officer.send()
    officer.use("a[href*='/signatories/']:not([href$='/new/'])")
    officer.fill(signed_on=day, place=place)
    if file is not None:
        officer.attach("[name=upload]", "assinado.pdf", file)
    officer.send()


def show_everybody(officer, made, agreement):
    """Share what is signed with everybody."""
    officer.go(agreement)
    officer.use(f"a[href*='/sharing/agreement/{made.public_id}']")
    officer.tick("[name=visibility][value='40']")
    officer.send()
