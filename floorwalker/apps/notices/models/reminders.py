"""Of what is one person reminded, since when, and of which kinds does she want to hear nothing?"""

from __future__ import annotations

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.people.models import User


class About(models.TextChoices):
    """What somebody can be reminded of; each is the code of a sentence, too."""

    READ_STANDARD = "read_standard", _("A standard that I am asked to read")
    REFRESH_STANDARD = "refresh_standard", _("A standard that I am asked to read again")
    ANSWER_EVALUATION = "answer_evaluation", _("The last days in which I can answer an evaluation of my contacts")
    RELEASE_EVALUATION = "release_evaluation", _("Evaluations that I handed in and have not released")
    TAKE_APPEAL = "take_appeal", _("Appeals that wait for somebody who has not read the marks")
    FIND_FOR_APPEAL = "find_for_appeal", _("Appeals that nobody can take, because everybody has read the marks")
    RELEASE_LEFT = "release_left", _("Evaluations that were handed in and not released by people who have left")
    MARK_DRAWN = "mark_drawn", _("Contacts that were drawn for me a week ago or longer")
    REVIEW_CYCLE = "review_cycle", _("Planned reviews of improvement cycles that I answer for")
    PLAN_CYCLE = "plan_cycle", _("Improvement cycles of mine that have no plan a week after they were opened")
    MARK_CALIBRATION = "mark_calibration", _("The last days in which I can mark the contacts of a calibration session")
    HOLD_COACHING = "hold_coaching", _("Coaching sessions of today and tomorrow")
    AGREE_COACHING = "agree_coaching", _("A colleague who asks to learn with me")
    SIGN_COACHING = "sign_coaching", _("Coaching sessions that I have not signed")
    RATE_COACHING = "rate_coaching", _("Coaching sessions of which I have not said how useful they were")
    FOLLOW_UP_COACHING = "follow_up_coaching", _("Promises of coaching sessions whose day has come")
    LOOK_AT_FEEDBACK = "look_at_feedback", _("Matters of feedback that I watched until now")
    ANSWER_OBJECTIVE = "answer_objective", _("Proposed objectives that wait for my yes, before they lapse")
    REFRESH_TRAINING = "refresh_training", _("Trainings that are due again")
    DO_ACTION = "do_action", _("What I took on in a meeting, once it is due")
    ANSWER_IN_MEETING = "answer_in_meeting", _("Questions to meetings that I led, two days without an answer")
    TEAM_GOAL = "team_goal", _("What came of a goal of my team, in the week after it was judged")

    @property
    def is_compulsory(self) -> bool:
        """Whether everybody hears of it: what is expected of her, and by when she may object."""
        return self in (About.READ_STANDARD, About.REFRESH_STANDARD, About.ANSWER_EVALUATION)


class ReminderQuerySet(models.QuerySet["Reminder"]):
    """Reminders: which still hold."""

    def open(self) -> Self:
        """Those that hold, the oldest first."""
        return self.filter(cleared_at=None).order_by("raised_at", "pk")

    def of(self, user: User) -> Self:
        """Those of one person that hold, without the kinds of which she wants to hear nothing."""
        off = SwitchedOff.objects.filter(user=user).values("about")
        return self.open().filter(user=user).exclude(about__in=off)


class Reminder(models.Model):
    """Something that waits for one person.

    subject: what it is about, as a text that stays the same; params: of its sentence; mailed_at: when it was handed to the mail
    server, or given up: once, and never twice.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="reminders")
    about = models.CharField(max_length=30, choices=About.choices)
    subject = models.CharField(max_length=60)
    params = models.JSONField(default=dict)
    address = models.CharField(max_length=300)
    raised_at = models.DateTimeField()
    cleared_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "about", "subject"],
                condition=models.Q(cleared_at=None),
                name="one_open_reminder_of_a_subject",
            )
        ]
        indexes = [models.Index(fields=["user", "cleared_at"], name="reminders_of_a_person")]

    @property
    def code(self) -> str:
        """Of its sentence."""
        return self.about


class SwitchedOff(models.Model):
    """A kind of which somebody wants to hear nothing, neither here nor by mail."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    about = models.CharField(max_length=30, choices=About.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "about"], name="a_kind_is_switched_off_once")]
