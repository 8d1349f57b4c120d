"""How is a figure written that may lie below nought? With a true minus, which is as wide as the plus and never ends a line alone."""

from __future__ import annotations

from django.utils.translation import gettext as _


def with_minus(written: str) -> str:
    """A written number, its hyphen made a minus."""
    return written.replace("-", "−")


def moved(value: float, unit: str) -> str:
    """A change with its sign: of durations and ratios by how many per cent, of shares by how many points."""
    if unit in ("seconds", "ratio"):
        return with_minus(f"{100 * value:+z.1f}%")
    if unit == "share":
        return _("%(points)s points") % {"points": with_minus(f"{100 * value:+z.1f}")}
    return with_minus(f"{value:+z.2f}")
