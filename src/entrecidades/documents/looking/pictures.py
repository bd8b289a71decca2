"""Pictures are drawn anew: only what is seen is kept, no place, no camera, nothing behind it."""

import io
import warnings
from typing import BinaryIO

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from entrecidades.documents.looking.limits import PIXELS, SIDE
from entrecidades.documents.looking.problem import Found, Problem

FORMATS = {"png": "PNG", "jpeg": "JPEG", "webp": "WEBP"}
WRITING: dict[str, dict[str, object]] = {
    "png": {"compress_level": 6},
    "jpeg": {"quality": 88, "progressive": True},
    "webp": {"quality": 88, "method": 3},
}


def drawn_anew(file: BinaryIO, kind: str, out: BinaryIO) -> None:
    """Write the picture that a file shows into another; of several frames the first.

    Raises
    ------
    Found
        When it has too many pixels, or cannot be read to its end.
    """
    Image.MAX_IMAGE_PIXELS = None  # ours is the limit, asked before a pixel is read
    try:
        with warnings.catch_warnings(action="ignore"):
            picture = Image.open(file, formats=[FORMATS[kind]])
            if picture.width * picture.height > PIXELS * 1_000_000:
                raise Found(Problem.TOO_MANY_PIXELS)
            if kind == "jpeg":
                picture.draft(None, (SIDE, SIDE))
            picture.load()
            _seen(picture, kind).save(out, FORMATS[kind], **WRITING[kind])
    except MemoryError:
        raise Found(Problem.TOO_HARD) from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, TypeError):
        raise Found(Problem.BROKEN) from None


def _seen(picture: Image.Image, kind: str) -> Image.Image:
    """The picture as it is seen: upright, in common colours, not larger than needed."""
    profile = picture.info.get("icc_profile")
    upright = ImageOps.exif_transpose(picture)
    clear = kind != "jpeg" and (
        upright.mode in {"RGBA", "LA", "PA"} or "transparency" in upright.info
    )
    if profile and upright.mode in {"RGB", "CMYK", "L"}:
        upright = _in_common_colours(upright, profile)
    plain = upright.convert("RGBA" if clear else "RGB")
    plain.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
    # A new picture of the same pixels: whatever else the old one carried stays behind.
    bare = Image.new(plain.mode, plain.size)
    bare.paste(plain)
    return bare


def _in_common_colours(picture: Image.Image, profile: bytes) -> Image.Image:
    """The picture in sRGB; in the colours it has when its profile makes no sense."""
    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        common = ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(picture, own, common, outputMode="RGB") or picture
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return picture
