"""How is a cycle said: whom it is about, what the gap was and whose, how far it has come, and what is to be done next?"""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from floorwalker.apps.improvement.models import Cycle, Stage, Verdict
from floorwalker.apps.improvement.taken import Size, TakenCause
from floorwalker.insight.cause import Share
from floorwalker.insight.gaps import Gap, Sureness, Whose
from floorwalker.kpis.catalogue import catalogue
from floorwalker.kpis.definition import Kpi
from floorwalker.stats.levels import SURE, Cause
from floorwalker.ui import gap_words, words
from floorwalker.ui.judging_words import percent


def measure_said(name: str) -> str:
    """What a measure is called; one that is no longer in the catalogue by its own name."""
    kpi = catalogue().get(name)
    return name.replace("_", " ") if kpi is None else words.in_language(kpi.name)


def size_said(size: Size, kpi: Kpi) -> str:
    """How far from the standard, and what it came to."""
    share = Share(None, size.gap, size.low, size.high, size.probability)
    sure = Sureness.REAL if size.probability >= SURE else Sureness.MAYBE
    gap = Gap(Whose.SYSTEM, None, share, size.n, sure)
    if size.gap <= 0:
        return _no_gap(size, kpi)
    told = {"size": gap_words.size(gap, kpi), "sure": gap_words.sure(gap), "cost": gap_words.cost(gap, kpi)}
    return _("For the same kinds of work: %(size)s; %(sure)s; it came to %(cost)s.") % told


def _no_gap(size: Size, kpi: Kpi) -> str:
    """On the good side, in words and without a sign: "better by 0.4 points" of a gap of minus 0.4."""
    told = {"size": gap_words.amount(-size.gap, kpi), "best": gap_words.amount(-size.low, kpi)}
    if size.high > 0:
        said = _("There is no gap for the worse: better by %(size)s (likely from %(worst)s worse to %(best)s better).")
        return said % (told | {"worst": gap_words.amount(size.high, kpi)})
    said = _("There is no gap for the worse: better by %(size)s (likely by %(worst)s to %(best)s).")
    return said % (told | {"worst": gap_words.amount(-size.high, kpi)})


def against_said(size: Size, kpi: Kpi) -> str:
    """What the gap was measured from."""
    said = {"figure": words.figure(size.standard, kpi.unit)}
    if size.reference:
        return _("held against the same work and people in the weeks before: %(figure)s") % said
    return _("held against %(figure)s") % said


def cause_said(cause: TakenCause | None) -> str:
    """Whose the gap was said to be."""
    if cause is None:
        return _("By this measure people are not compared: the figures do not say whose the gap is.")
    told = {"system": percent(cause.system), "team": _sure(cause.team), "personal": _sure(cause.personal)}
    match cause.primary:
        case Cause.PERSONAL:
            return _("Mostly the person's own (%(personal)s sure that this part matters).") % told
        case Cause.TEAM:
            return (
                _("Mostly the whole team's (%(team)s sure that this part matters): look at how the team works first.")
                % told
            )
        case Cause.SYSTEMIC:
            return _("Mostly everybody's (%(system)s sure that this part matters): look at the process first.") % told
        case Cause.NONE:
            return _("No gap that matters is likely.")
    return _("It cannot be told yet whose this is.")


def _sure(share: float | None) -> str:
    return "–" if share is None else percent(share)


def question_said(cycle: Cycle) -> str:
    """What its page asks at this stage: whether it worked is no question before anything was done."""
    match cycle.stage:
        case Stage.PLAN:
            return _("What is to be done?")
        case Stage.DO:
            return _("Is it being done?")
    return _("Did it work?")


def next_said(cycle: Cycle, on: date) -> str:
    """What is to be done next."""
    if cycle.stage == Stage.PLAN:
        return _("The plan is to be made.")
    if cycle.is_decided:
        return _("The next cycle is to be opened.") if cycle.awaits_next else verdict_said(cycle.decision.verdict)
    due = cycle.reviews_due(on)
    if due:
        return _("The review of week %(week)d is due since %(day)s.") % {
            "week": due[-1].week,
            "day": words.day(due[-1].due_on),
        }
    coming = cycle.next_review(on)
    if coming is None:
        return _("Every planned review was held: it is to be decided.")
    return _("Not yet: the next review is on %(day)s.") % {"day": words.day(coming.due_on)}


def verdict_said(verdict: str) -> str:
    """What was decided."""
    return {
        Verdict.KEEP: _("Decided: keep it up."),
        Verdict.CHANGE: _("Decided: change it and go on."),
        Verdict.STOP: _("Decided: stop it."),
    }[Verdict(verdict)]
