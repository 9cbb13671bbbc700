"""Drawn stand-ins for evidence: plain shapes, so that nothing looks like a photograph of anybody."""

from collections.abc import Callable
from datetime import date
from functools import cache
from io import BytesIO
from uuid import UUID

from PIL import Image, ImageDraw

from core.files import store_file
from core.policy import Actor

SIZE = (640, 480)
PAPER = (246, 245, 241)
INK = (95, 106, 103)
WHITE = (255, 255, 255)
WALL = (229, 225, 213)
FLOOR = (203, 189, 166)
SKY = (217, 228, 225)
HILL = (167, 190, 183)
CLOTHS = ((185, 142, 70), (184, 205, 202), (124, 156, 160))
CARTON, TAPE = (198, 164, 116), (226, 203, 166)
VAN = (92, 126, 133)


@cache
def paper() -> bytes:
    """Return a JPEG of a drawn sheet of paper with lines."""
    picture = Image.new("RGB", SIZE, PAPER)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((170, 60, 470, 420), fill=WHITE, outline=INK, width=3)
    for row in range(8):
        pen.line((200, 130 + row * 32, 440 - row % 3 * 50, 130 + row * 32), fill=INK, width=4)
    return _jpeg(picture)


@cache
def board() -> bytes:
    """Return a JPEG of a drawn village board with a sheet on it."""
    picture = Image.new("RGB", SIZE, SKY)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 400, 640, 480), fill=FLOOR)
    for left in (120, 500):
        pen.rectangle((left, 90, left + 20, 430), fill=INK)
    pen.rectangle((90, 80, 550, 340), fill=VAN, outline=INK, width=4)
    pen.rectangle((230, 105, 410, 320), fill=WHITE, outline=INK, width=2)
    for row in range(7):
        pen.line((250, 140 + row * 24, 390 - row % 2 * 30, 140 + row * 24), fill=INK, width=3)
    return _jpeg(picture)


def store_pictures(number: int, *, actor: Actor, on: date) -> list[UUID]:
    """Keep the first `number` drawings as pictures that somebody took on a day; return their ids."""
    return [store_file(draw(), actor=actor, taken_on=on).id for draw in DRAWINGS[:number]]


@cache
def _cartons() -> bytes:
    picture, pen = _room()
    for left, top, side in ((110, 210, 170), (300, 230, 150), (200, 80, 130), (470, 270, 110)):
        pen.rectangle((left, top, left + side, top + side), fill=CARTON, outline=INK, width=2)
        pen.rectangle((left + side * 0.42, top, left + side * 0.58, top + side), fill=TAPE)
    return _jpeg(picture)


@cache
def _pile() -> bytes:
    picture, pen = _room()
    for row, colour in enumerate(CLOTHS):
        top = 130 + row * 80
        pen.rounded_rectangle((160 - row * 12, top, 480 + row * 12, top + 78), radius=30, fill=colour)
        pen.line((190, top + 40, 450, top + 34), fill=WHITE, width=3)
    return _jpeg(picture)


@cache
def _van() -> bytes:
    picture = Image.new("RGB", SIZE, SKY)
    pen = ImageDraw.Draw(picture)
    pen.polygon(((0, 300), (180, 130), (330, 260), (470, 110), (640, 280), (640, 400), (0, 400)), fill=HILL)
    pen.rectangle((0, 380, 640, 480), fill=FLOOR)
    pen.rectangle((120, 190, 390, 370), fill=VAN)
    pen.polygon(((390, 250), (470, 250), (520, 310), (520, 370), (390, 370)), fill=WALL)
    for left in (170, 410):
        pen.ellipse((left, 335, left + 70, 405), fill=INK)
    return _jpeg(picture)


DRAWINGS: tuple[Callable[[], bytes], ...] = (_cartons, _van, _pile)


def _room() -> tuple[Image.Image, ImageDraw.ImageDraw]:
    picture = Image.new("RGB", SIZE, WALL)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 350, 640, 480), fill=FLOOR)
    return picture, pen


def _jpeg(picture: Image.Image) -> bytes:
    out = BytesIO()
    picture.save(out, "JPEG", quality=70)
    return out.getvalue()
