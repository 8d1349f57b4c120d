"""What was changed because of a standard, and what was it? Its versions, its target, its reviews and what was noted, newest first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.utils.translation import gettext as _

from floorwalker.apps.people.models import User
from floorwalker.apps.standards.models import Change, Review, StandardVersion, Target
from floorwalker.apps.standards.saying import aim_said
from floorwalker.apps.standards.shelf import target_of
from floorwalker.kpis.catalogue import catalogue
from floorwalker.ui import words


@dataclass(frozen=True)
class Entry:
    """One thing that was changed or decided: when, what in a few words, in which sentences, and by whom."""

    on: date
    what: str
    sentences: tuple[str, ...]
    by: User | None = None


def changes_of(version: StandardVersion) -> list[Entry]:
    """All of the standard whose version this is."""
    standard = version.standard
    published = standard.versions.published().select_related("site", "team", "queue", "published_by").order_by("number")
    versions = list(published)
    found = [
        *_published(versions),
        *_targets(versions),
        *(_review(one) for one in Review.objects.filter(version__in=versions).select_related("by")),
        *(_noted(one) for one in standard.changes.select_related("noted_by")),
    ]
    return sorted(found, key=lambda entry: entry.on, reverse=True)


def _published(versions: list[StandardVersion]) -> Iterator[Entry]:
    for before, version in pairwise([None, *versions]):
        assert version is not None and version.published_at is not None
        what = _("Version %(number)d was published") % {"number": version.number}
        said = [version.changed_because] if version.changed_because else []
        if before is not None and target_of(before) != target_of(version):
            said.append(_held_anew(target_of(before), target_of(version)))
        yield Entry(version.published_at.date(), what, tuple(said), version.published_by)
    last = versions[-1] if versions else None
    if last is not None and last.to_day is not None:
        yield Entry(last.to_day, _("It is expected no longer"), ())


def _held_anew(before: str, after: str) -> str:
    if not before:
        return _("Held against: %(after)s. Before, it was about behaviour alone.") % {"after": after}
    if not after:
        return _("It is about behaviour now. Before, it was held against: %(before)s.") % {"before": before}
    return _("Held against: %(after)s. Before: %(before)s.") % {"after": after, "before": before}


def _targets(versions: list[StandardVersion]) -> Iterator[Entry]:
    """The target of its place where somebody changed it without a new version, since the first one was published."""
    ours = {one.target_id for one in versions}
    places = {(one.measure, one.place) for one in versions if one.held is not None}
    since = min((one.from_day for one in versions), default=None)
    if since is None or not places:
        return
    rows = Target.objects.with_places().filter(from_day__gt=since, measure__in={measure for measure, _place in places})
    for row in rows.exclude(pk__in=[pk for pk in ours if pk is not None]):
        kpi = catalogue().get(row.measure)
        if (row.measure, row.place) in places and kpi is not None and row.from_day is not None:
            said = _("From this day on, without a new version: %(target)s.") % {"target": aim_said(row, kpi)}
            yield Entry(row.from_day, _("The target was changed"), (said, row.reason))


def _review(one: Review) -> Entry:
    said = _("It is looked at again on %(day)s.") % {"day": words.day(one.next_on)}
    return Entry(one.at.date(), _("It was looked at again, and kept"), (one.said, said), one.by)


def _noted(one: Change) -> Entry:
    said = (
        _("Found: %(found)s") % {"found": one.found},
        _("Changed: %(changed)s") % {"changed": one.changed},
    )
    return Entry(one.on, _("Something was changed"), said, one.noted_by)
