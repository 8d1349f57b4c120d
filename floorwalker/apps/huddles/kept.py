"""What does this context keep of one person? Who thanked her, what she passed on, took on, set and asked, and where she was present."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.huddles.models import (
    ActionPoint,
    Attendance,
    AttendanceBefore,
    HandOver,
    MeetingQuestion,
    Practice,
    TakenUp,
    TeamGoal,
    Thanks,
)
from floorwalker.apps.people.disclosing import Table

TABLES = (
    Table(
        "thanks",
        _("Thanks"),
        lambda w: Thanks.objects.standing().filter(agent__in=w.agents).select_related("by"),
        *("at", "by", ("words",)),
    ),
    Table(
        "practices",
        _("Ways of working that were passed on"),
        lambda w: Practice.objects.filter(whose__in=w.agents).select_related("proposed_by"),
        *("proposed_at", "proposed_by", ("title", "words", "withdrawn_because")),
    ),
    Table(
        "taken_up",
        _("Ways of working that were tried"),
        lambda w: TakenUp.objects.filter(agent__in=w.agents).select_related("practice"),
        *("at", "", ("practice.title", "words")),
    ),
    Table(
        "attendance",
        _("Meetings"),
        lambda w: Attendance.objects.filter(agent__in=w.agents).select_related("meeting"),
        "meeting.planned_for",
    ),
    Table(
        "attendance_before",
        _("What had been noted of meetings before"),
        lambda w: AttendanceBefore.objects.filter(attendance__agent__in=w.agents).select_related("changed_by"),
        *("until_at", "changed_by"),
    ),
    Table(
        "actions",
        _("What the person took on in meetings"),
        lambda w: ActionPoint.objects.filter(owner__in=w.users),
        *("made_at", "", ("words", "outcome")),
    ),
    Table(
        "meeting_questions",
        _("Questions to meetings"),
        lambda w: MeetingQuestion.objects.filter(asked_by__in=w.users).select_related("answered_by"),
        *("asked_at", "answered_by", ("words", "answer")),
    ),
    Table(
        "team_goals",
        _("Goals of teams that the person set or ended"),
        lambda w: TeamGoal.objects.filter(Q(set_by__in=w.users) | Q(ended_by__in=w.users)),
        *("set_at", "", ("words", "ended_because")),
    ),
    Table(
        "hand_overs",
        _("Notes to the next shift"),
        lambda w: HandOver.objects.filter(by__in=w.users),
        *("at", "", ("words",)),
    ),
)
