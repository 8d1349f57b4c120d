"""Which standards do the questions of a form check, and which could they?"""

from __future__ import annotations

from dataclasses import dataclass

from floorwalker.apps.evaluations.models import FormVersion
from floorwalker.apps.standards.models import StandardVersion


@dataclass(frozen=True)
class Checked:
    """A standard by its number, in the words that hold now (else in its last)."""

    standard_id: int
    title: str


def checked_by(version: FormVersion) -> dict[str, Checked]:
    """By code of question, the standard that it checks."""
    found = dict(version.standards.values_list("question", "standard"))
    titles = dict(
        StandardVersion.objects.filter(standard__in=found.values())
        .exclude(published_at=None)
        .order_by("number")
        .values_list("standard", "title")
    )
    return {code: Checked(standard, titles.get(standard, "")) for code, standard in found.items()}


def checkable() -> list[Checked]:
    """The standards that are in force, by their titles."""
    found = StandardVersion.objects.current().order_by("title").values_list("standard", "title")
    return [Checked(standard, title) for standard, title in found]
