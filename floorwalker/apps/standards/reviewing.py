"""What becomes of a standard that is to be looked at again? It is kept as it is, written anew, or expected no longer."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from floorwalker.apps.people.acting import action
from floorwalker.apps.people.audit import record
from floorwalker.apps.people.models import User
from floorwalker.apps.standards.concerning import may_keep
from floorwalker.apps.standards.models import Review, StandardVersion
from floorwalker.apps.standards.models.service_standards import LONGEST_TEXT
from floorwalker.errors import Refused

LONGEST_WITHOUT = timedelta(days=2 * 366)


@action
def keep_standard(version: StandardVersion, said: str, *, next_on: date, by: User, at: datetime) -> Review:
    """Note that it was looked at again and stays as it is, with what was found, and when it is looked at next."""
    version.refresh_from_db()
    if not may_keep(by, version, at.date()):
        raise Refused("this standard is kept by others", expected="its owner, or whoever sets targets for its place")
    if not version.is_published or version.to_day is not None:
        raise Refused("this version is not in force", expected="what was published last and has not ended")
    if not said.strip() or len(said) > LONGEST_TEXT:
        raise Refused("nothing was said", found=said[:60], expected=f"1 to {LONGEST_TEXT} characters")
    if not at.date() < next_on <= at.date() + LONGEST_WITHOUT:
        raise Refused(
            "it is looked at again on a day to come", found=next_on.isoformat(), expected="a later day within two years"
        )
    made = Review.objects.create(
        version=version, said=said.strip(), was_due_on=version.review_on, next_on=next_on, by=by, at=at
    )
    version.review_on = next_on
    version.save(update_fields=["review_on"])
    told = {"standard": version.standard_id, "number": version.number, "next": next_on.isoformat()}
    record(by.username, "keep_standard", made, at, **told)
    return made
