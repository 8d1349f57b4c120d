"""In which shapes does the API show standards, what is said about a draft, and who has read and understood what was published?"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from ninja import Field, Schema

from floorwalker.apps.people.api.shapes import Named
from floorwalker.apps.standards.models import Change, Remark, StandardVersion
from floorwalker.apps.standards.readers import Readers, Understood
from floorwalker.apps.standards.shelf import Shelved


class StandardOf(Schema):
    """A standard in one of its versions; of a site, team, queue or channel, else of the centre."""

    id: int = Field(description="the number of the standard, the same through all its versions")
    version: int = Field(description="1 for its first version")
    state: str = Field(description="draft, consulting, published or withdrawn")
    title: str
    measure: str | None = Field(None, description="what is counted; without it, it is about behaviour alone")
    value: float | None = Field(None, description="in the measure's unit: shares 0 to 1, durations in seconds")
    low: float | None = Field(None, description="of a band, in the measure's unit")
    high: float | None = Field(None, description="of a band, in the measure's unit")
    site: int | None = None
    team: int | None = None
    queue: int | None = None
    channel: str | None = None
    owner: Named = Field(description="who answers for it")
    aim: int | None = Field(None, description="the aim that it serves")
    client: str | None = Field(None, description="with whom it was agreed, of a service level agreement")
    basis: str | None = Field(None, description="the law or contract that requires it")
    from_day: date
    until: date | None = Field(None, description="the first day on which it no longer counts")
    review_on: date
    consulted_until: date | None = Field(None, description="the last day of its consultation")

    @classmethod
    def of(cls, version: StandardVersion) -> StandardOf:
        """A standard in that version."""
        return cls(**version_fields(version))

    @classmethod
    def of_shelved(cls, shelved: Shelved) -> StandardOf:
        """The same, of a list."""
        return cls.of(shelved.version)


class VersionOf(Schema):
    """One version, in a list of them."""

    version: int
    state: str
    from_day: date
    until: date | None = None
    published_at: datetime | None = None
    published_by: Named | None = None

    @classmethod
    def of(cls, version: StandardVersion) -> VersionOf:
        """A version."""
        return cls(
            version=version.number,
            state=version.state,
            from_day=version.from_day,
            until=version.to_day,
            published_at=version.published_at,
            published_by=Named.or_none(version.published_by),
        )


class ChangeOf(Schema):
    """What was changed because of a standard, and what was found before."""

    on: date
    found: str
    changed: str
    noted_by: Named

    @classmethod
    def of(cls, change: Change) -> ChangeOf:
        """A change."""
        return cls(on=change.on, found=change.found, changed=change.changed, noted_by=Named.of(change.noted_by))


class StandardInWords(StandardOf):
    """One standard with all its words, its versions, and what was changed because of it."""

    wording: str
    why: str
    behaviour: str | None = Field(None, description="what somebody who listens can see or hear done")
    changed_because: str | None = Field(None, description="why this version says something else than the one before")
    published_at: datetime | None = None
    versions: list[VersionOf] = Field(description="those that were published, the newest first")
    changes: list[ChangeOf] = Field(description="the latest first")


class RemarkOf(Schema):
    """What somebody said about a draft, and what she or he was answered."""

    id: int
    kind: str = Field(description="comment or proposal")
    text: str
    by: Named
    at: datetime
    outcome: str | None = Field(None, description="taken, partly or not_taken; nothing before it is answered")
    answer: str | None = None
    answered_by: Named | None = None
    answered_at: datetime | None = None

    @classmethod
    def of(cls, remark: Remark) -> RemarkOf:
        """A remark."""
        return cls(
            id=remark.pk,
            kind=remark.kind,
            text=remark.text,
            by=Named.of(remark.by),
            at=remark.at,
            outcome=remark.outcome or None,
            answer=remark.answer or None,
            answered_by=Named.or_none(remark.answered_by),
            answered_at=remark.answered_at,
        )


class HasRead(Schema):
    """Somebody who has read it."""

    who: Named
    at: datetime


class HasNotRead(Schema):
    """Somebody who has not, and how often she or he was reminded."""

    who: Named
    reminders: int


class UnderstoodOf(Schema):
    """One question of the check of understanding, by everybody's first answers; of fewer than four nothing is said."""

    asks: str
    answered: int = Field(description="how many have answered it")
    share: float | None = Field(None, description="of the first answers, how many were right: 0 to 1")
    low: float | None = Field(None, description="of its 95 % interval: 0 to 1")
    high: float | None = Field(None, description="of its 95 % interval: 0 to 1")
    mostly: str | None = Field(None, description="the wrong answer that is chosen most")

    @classmethod
    def of(cls, understood: Understood) -> UnderstoodOf:
        """A question with what was answered."""
        share = understood.share
        return cls(
            asks=understood.question.asks,
            answered=understood.answered,
            share=None if share is None else share.value,
            low=None if share is None else share.low,
            high=None if share is None else share.high,
            mostly=understood.mostly or None,
        )


class ReadersOf(Schema):
    """Who has read what was published, of the last time when everybody was asked; a leader is told of her own people alone."""

    version: int
    asked_at: datetime
    due_on: date = Field(description="the day by which it is to be read")
    is_refresher: bool = Field(description="whether it reminds of what was read before")
    asked_count: int
    read_count: int
    read: list[HasRead]
    unread: list[HasNotRead]
    without_log_in: list[str] = Field(description="agents who have to be told in person")
    questions: list[UnderstoodOf] = Field(description="those least understood first")

    @classmethod
    def of(cls, version: StandardVersion, readers: Readers) -> ReadersOf:
        """The readers of a version."""
        return cls(
            version=version.number,
            asked_at=readers.asking.opened_at,
            due_on=readers.asking.due_on,
            is_refresher=readers.asking.is_refresher,
            asked_count=readers.asked,
            read_count=len(readers.read),
            read=[HasRead(who=Named.of(user), at=at) for user, at in readers.read],
            unread=[HasNotRead(who=Named.of(user), reminders=reminders) for user, reminders in readers.unread],
            without_log_in=[str(agent) for agent in readers.without_log_in],
            questions=[UnderstoodOf.of(one) for one in readers.questions],
        )


def version_fields(version: StandardVersion) -> dict[str, Any]:
    """What is told of every version."""
    same = ("state", "title", "value", "low", "high", "from_day", "review_on", "consulted_until")
    may_be_empty = ("measure", "channel", "client", "basis")
    return {
        **{name: getattr(version, name) for name in same},
        **{name: getattr(version, name) or None for name in may_be_empty},
        "id": version.standard_id,
        "version": version.number,
        "site": version.site_id,
        "team": version.team_id,
        "queue": version.queue_id,
        "owner": Named.of(version.standard.owner),
        "aim": version.standard.aim_id,
        "until": version.to_day,
    }
