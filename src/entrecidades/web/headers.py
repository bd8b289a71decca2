"""What every answer says to the browser and to caches, whoever wrote the answer."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

Answer = Callable[[HttpRequest], HttpResponseBase]

#: What a browser can do and the house never asks it to; passkeys and copying are ours alone.
UNUSED = (
    *("accelerometer", "autoplay", "bluetooth", "browsing-topics", "camera", "clipboard-read"),
    *("display-capture", "encrypted-media", "fullscreen", "gamepad", "geolocation", "gyroscope"),
    *("hid", "idle-detection", "keyboard-map", "local-fonts", "magnetometer", "microphone"),
    *("midi", "otp-credentials", "payment", "picture-in-picture", "screen-wake-lock", "serial"),
    *("storage-access", "sync-xhr", "usb", "window-management", "xr-spatial-tracking"),
)
OURS = ("clipboard-write", "publickey-credentials-create", "publickey-credentials-get")
EVERYWHERE = {
    "Permissions-Policy": ", ".join(
        [*(f"{name}=()" for name in UNUSED), *(f"{name}=(self)" for name in OURS)]
    ),
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Permitted-Cross-Domain-Policies": "none",
}
#: Kept by nobody but the person who asked, and not even by her.
NOWHERE = "private, no-store"


class Headers:
    """Gives every answer the headers that do not depend on it: also refusals, files and faults."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, with what a browser may not do for us."""
        response = self.answer(request)
        for name, value in EVERYWHERE.items():
            response.setdefault(name, value)
        return response


class Kept:
    """Keeps answers out of caches unless their view has said that everyone may have them.

    Who carries a session, a key or a cookie of the house to take home is somebody: whatever a
    view said, her answer is kept nowhere. It stands inside the server of static files, which are
    the same for everyone.
    """

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, and say who may keep it."""
        response = self.answer(request)
        told = response.get("Cache-Control", "")
        if is_somebody(request) or response.cookies or "public" not in told:
            response["Cache-Control"] = NOWHERE
        patch_vary_headers(response, ["Cookie"])
        return response


def is_somebody(request: HttpRequest) -> bool:
    """Whether a request carries something that could make its answer a person's own."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES or "Authorization" in request.headers
