"""The score that Mozilla's HTTP Observatory would give an answer, by its published table."""

#: https://developer.mozilla.org/en-US/observatory/docs/tests_and_scoring
BEGIN, ENOUGH_FOR_MORE = 100, 90
HALF_A_YEAR = 15768000


def directives(policy):
    """A policy's directives and their sources."""
    parts = (part.strip().partition(" ") for part in policy.split(";"))
    return {name: sources for name, _blank, sources in parts if name}


def score(response):
    """The score of one answer over https: penalties, and praise where there are few of them."""
    found = [judge(response) for judge in (content, cookies, transport, sniffing, referrer)]
    found += [judge(response) for judge in (frames, resources)]
    base = BEGIN + sum(points for points in found if points < 0)
    praise = sum(points for points in found if points > 0)
    return base + praise if base >= ENOUGH_FOR_MORE else base


def content(response):
    """Content-Security-Policy: best is all forbidden but what is named."""
    policy = directives(response.get("Content-Security-Policy", ""))
    if not policy:
        return -25
    if "unsafe" in str(policy) or "*" in policy.get("script-src", policy.get("default-src", "*")):
        return -20
    return 10 if policy.get("default-src") == "'none'" else 5


def cookies(response):
    """Cookies: secure, closed to scripts, sent to us alone."""
    if not response.cookies:
        return 0
    safe = all(one["secure"] and one["httponly"] for one in response.cookies.values())
    lax = all(one["samesite"] in {"Lax", "Strict"} for one in response.cookies.values())
    return (5 if lax else 0) if safe else -20


def transport(response):
    """HSTS: for half a year at least."""
    told = response.get("Strict-Transport-Security", "")
    if not told or int(told.partition("max-age=")[2].partition(";")[0]) < HALF_A_YEAR:
        return -20
    return 5 if "preload" in told else 0


def sniffing(response):
    """No guessing of types."""
    return 0 if response.get("X-Content-Type-Options") == "nosniff" else -5


def referrer(response):
    """Nobody is told where a reader comes from."""
    private = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}
    return 5 if response.get("Referrer-Policy") in private else 0


def frames(response):
    """Nobody frames us."""
    policy = directives(response.get("Content-Security-Policy", ""))
    if "frame-ancestors" in policy:
        return 5
    return 0 if "X-Frame-Options" in response else -20


def resources(response):
    """Nobody embeds us."""
    return 10 if response.get("Cross-Origin-Resource-Policy") == "same-origin" else 0
