"""Drawn stand-ins for evidence: plain shapes, so that nothing looks like a photograph of anybody."""

from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw

PAPER = (246, 245, 241)
INK = (95, 106, 103)


@cache
def paper() -> bytes:
    """Return a JPEG of a drawn sheet of paper with lines."""
    picture = Image.new("RGB", (640, 480), PAPER)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((170, 60, 470, 420), fill=(255, 255, 255), outline=INK, width=3)
    for row in range(8):
        pen.line((200, 130 + row * 32, 440 - row % 3 * 50, 130 + row * 32), fill=INK, width=4)
    return _jpeg(picture)


def _jpeg(picture: Image.Image) -> bytes:
    out = BytesIO()
    picture.save(out, "JPEG", quality=70)
    return out.getvalue()
