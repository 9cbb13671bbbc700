"""Exact numbers as people read them: short decimals, with the fraction itself where it is short enough."""

from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from math import isqrt

SHORT = 24


def short(value: Fraction, places: int = 4) -> str:
    """Return a decimal with at most so many places, without empty ones; halves go up."""
    scaled = value * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    with localcontext() as context:
        context.prec = 60
        found = (Decimal(whole) / 10**places).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    text = f"{found:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def share(value: Fraction, places: int = 2) -> str:
    """Return a part of one as a percentage."""
    return f"{short(value * 100, places)}%"


def root(value: Fraction, places: int = 4) -> str:
    """Return the square root of a fraction, cut after so many places."""
    scaled = isqrt(value.numerator * 10 ** (2 * places) // value.denominator)
    return short(Fraction(scaled, 10**places), places)


def exact(value: Fraction) -> str:
    """Return the fraction itself if it is no plain decimal and short enough, else nothing."""
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    text = f"{value.numerator}/{value.denominator}"
    return "" if rest == 1 or len(text) > SHORT else text


def signed(value: int) -> str:
    """Return a difference with its sign, or nothing for none."""
    return f"{value:+,}" if value else ""
