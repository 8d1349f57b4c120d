"""What ought somebody to know, since when, and who has read it?"""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.people.models import Role, Scope, Site, User


class Severity(models.IntegerChoices):
    """How much it matters; more goes first."""

    INFORM = 10, _("for information")
    WARN = 20, _("warning")
    ACT = 30, _("needs somebody")


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Notices: which are open, and whose they are."""

    def open(self) -> Self:
        """Those that still hold, the gravest first, then the newest."""
        return self.filter(cleared_at=None).order_by("-severity", "-raised_at", "-pk")

    def past(self) -> Self:
        """Those that hold no more, the last cleared first."""
        return self.exclude(cleared_at=None).order_by("-cleared_at", "-pk")

    def meant_for(self, scope: Scope) -> Self:
        """Those that are for somebody with these rights and roles."""
        rights, roles = [str(right) for right in scope.rights], [str(role) for role in scope.roles]
        found = self.filter(Q(for_right__in=rights) | Q(for_role__in=roles))
        if scope.loads.everywhere:
            return found
        hers = Site.objects.filter(Q(pk__in=scope.loads.sites) | Q(teams__in=scope.loads.teams))
        return found.filter(Q(site="") | Q(site__in=hers.values("code")))

    def with_read_by(self, user: User) -> Self:
        """Each with `is_read`: whether that user has read it."""
        return self.annotate(is_read=Exists(Reading.objects.filter(notice=OuterRef("pk"), user=user)))

    def unread_by(self, user: User) -> Self:
        """Those that the user has not read."""
        return self.exclude(pk__in=Reading.objects.filter(user=user).values("notice"))


class Notice(models.Model):
    """Something that somebody ought to know: a code with the values of its sentence, about one subject.

    subject: what it is about, as a text that stays the same, such as `asterisk_queue_log:Main`; for_right, for_role: whoever
    has this right or role is told, exactly one of them; site: by its code, the one whose business it is, none for the centre's;
    address: where to see to it.
    """

    code = models.CharField(max_length=60)
    subject = models.CharField(max_length=200)
    params = models.JSONField(default=dict)
    severity = models.PositiveSmallIntegerField(choices=Severity.choices)
    address = models.CharField(max_length=300, blank=True)
    for_right = models.CharField(max_length=40, blank=True)
    for_role = models.CharField(max_length=20, choices=Role.choices, blank=True)
    site = models.CharField(max_length=60, blank=True)
    raised_at = models.DateTimeField()
    cleared_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()
    is_read: bool  # to one reader, where `with_read_by` has asked

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["code", "subject"], condition=Q(cleared_at=None), name="one_open_notice_of_a_subject"
            ),
            models.CheckConstraint(
                name="notice_is_for_a_right_or_a_role",
                condition=(Q(for_right="") & ~Q(for_role="")) | (~Q(for_right="") & Q(for_role="")),
            ),
        ]
        indexes = [models.Index(fields=["cleared_at"], name="notice_by_end")]

    def __str__(self) -> str:
        return f"{self.code} {self.subject}"

    @property
    def is_open(self) -> bool:
        """Whether it still holds."""
        return self.cleared_at is None


class Reading(models.Model):
    """Somebody has read a notice."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="readings")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "user"], name="a_notice_is_read_once_by_each")]
