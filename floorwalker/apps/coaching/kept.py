"""What does this context keep of one person? What was said of her, talked about, agreed, tried and written, leaders' notes too."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.coaching.models import (
    Answered,
    AppraisalPack,
    Attendee,
    CheckIn,
    CoachingProposal,
    CoachingSession,
    DevelopmentPlan,
    Evidence,
    Feedback,
    LotEntry,
    Matter,
    MatterDecision,
    Objective,
    Participant,
    PlanItem,
    RecordShown,
    Reflection,
    SelfAssessment,
    SelfRating,
    Treated,
)
from floorwalker.apps.people.disclosing import Table, Whose

SAID = ("behaviour", "effect", "next_step", "words")


def _feedback(whose: Whose) -> Q:
    return Q(matter__agent__in=whose.agents)


FEEDBACK = (
    Table(
        "feedback",
        _("Feedback"),
        lambda w: Feedback.objects.filter(_feedback(w), private=False).select_related("given_by"),
        *("given_at", "given_by", SAID),
    ),
    # Not shown to her in the product, and hers when she asks: docs/decisions/0049.
    Table(
        "private_notes",
        _("Leaders' own notes"),
        lambda w: Feedback.objects.filter(_feedback(w), private=True).select_related("given_by"),
        *("given_at", "given_by", SAID),
        on_request=True,
    ),
    Table(
        "feedback_answers",
        _("Answers to feedback"),
        lambda w: Answered.objects.filter(feedback__matter__agent__in=w.agents).select_related("by"),
        *("at", "by", ("words",)),
    ),
    Table(
        "matters",
        _("Matters of feedback"),
        lambda w: Matter.objects.filter(agent__in=w.agents),
        "opened_at",
        "",
        ("code",),
    ),
    Table(
        "matter_decisions",
        _("What was decided about feedback"),
        lambda w: MatterDecision.objects.filter(matter__agent__in=w.agents).select_related("by"),
        *("at", "by", ("decision", "because")),
    ),
    Table(
        "evidence",
        _("Evidence"),
        lambda w: Evidence.objects.filter(agent__in=w.agents).select_related("added_by"),
        *("added_at", "added_by", ("kind", "note")),
        on_request=True,
    ),
)
TALKS = (
    Table(
        "proposals",
        _("Proposals for coaching"),
        lambda w: CoachingProposal.objects.filter(agent__in=w.agents).select_related("made_by"),
        *("made_at", "made_by", ("because", "closed_because")),
        on_request=True,
    ),
    Table(
        "sessions",
        _("Coaching sessions"),
        lambda w: CoachingSession.objects.filter(
            Q(participants__agent__in=w.agents) | Q(participants__user__in=w.users)
        ).select_related("coach"),
        *("planned_for", "coach", ("topic", "coach_words", "promise", "learned", "cancelled_because")),
        # Before it is signed, what the coach writes is a draft of the coach's.
        own=Q(coach_signed_at__isnull=False) | Q(coach_words=""),
    ),
    Table(
        "session_parts",
        _("What the person said in coaching sessions"),
        lambda w: Participant.objects.filter(Q(agent__in=w.agents) | Q(user__in=w.users)),
        *("wrote_at", "", ("words", "disagrees", "learned", "rating_words", "kept_words", "coach_kept_words")),
    ),
    Table(
        "trainings",
        _("Trainings"),
        lambda w: Attendee.objects.filter(agent__in=w.agents).select_related("training"),
        *("training.planned_for", "", ("training.subject", "learned")),
    ),
)
AIMS = (
    Table(
        "objectives",
        _("Objectives"),
        lambda w: Objective.objects.filter(agent__in=w.agents).select_related("proposed_by"),
        *("proposed_at", "proposed_by", ("wording", "action", "closed_because")),
    ),
    Table(
        "check_ins",
        _("Looks at objectives"),
        lambda w: CheckIn.objects.filter(objective__agent__in=w.agents).select_related("by"),
        *("at", "by", ("said",)),
    ),
    Table(
        "plans",
        _("Development plans"),
        lambda w: DevelopmentPlan.objects.filter(agent__in=w.agents).select_related("made_by"),
        *("made_at", "made_by", ("agent_words", "leader_words")),
    ),
    Table(
        "plan_items",
        _("What is in development plans"),
        lambda w: PlanItem.objects.filter(plan__agent__in=w.agents).select_related("added_by"),
        *("added_at", "added_by", ("words", "learned", "dropped_because")),
    ),
    Table(
        "self_assessments",
        _("Self-assessments"),
        lambda w: SelfAssessment.objects.filter(agent__in=w.agents),
        *("begun_at", "", ("words",)),
        # Figures come after one's own view.
        own=Q(finished_at__isnull=False),
    ),
    Table(
        "self_ratings",
        _("How the person sees their own work"),
        lambda w: SelfRating.objects.filter(assessment__agent__in=w.agents).select_related("assessment"),
        *("assessment.begun_at", "", ("measure", "seen_as", "words")),
    ),
    Table(
        "reflections",
        _("Reflective log"),
        lambda w: Reflection.objects.filter(agent__in=w.agents).select_related("shared_with"),
        *("written_at", "shared_with", ("happened", "thought", "next_time")),
    ),
    Table(
        "reviews",
        _("Performance reviews"),
        lambda w: AppraisalPack.objects.filter(agent__in=w.agents).select_related("leader"),
        *("made_at", "leader", ("agent_words", "leader_words")),
    ),
)
TRIED = (
    Table(
        "treated",
        _("Actions of which the effect is worked out"),
        lambda w: Treated.objects.filter(agent__in=w.agents).select_related("intervention__decided_by"),
        *("from_day", "intervention.decided_by", ("intervention.kind", "intervention.measure")),
    ),
    Table(
        "lots", _("Lots"), lambda w: LotEntry.objects.filter(agent__in=w.agents).select_related("lot"), "lot.drawn_at"
    ),
    Table(
        "record_shown",
        _("Who looked at more than twelve weeks"),
        lambda w: RecordShown.objects.filter(agent__in=w.agents).select_related("by"),
        *("at", "by", ("measure",)),
    ),
)
TABLES = (*FEEDBACK, *TALKS, *AIMS, *TRIED)
