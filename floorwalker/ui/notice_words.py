"""How is a notice said? One translated sentence for each code; who raises a notice of a new code adds its sentence here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from floorwalker.ui.failure_words import say_failed
from floorwalker.ui.load_words import say_of_load
from floorwalker.ui.words import duration, figure

Params = Mapping[str, Any]


def sentence(code: str, params: Params) -> str:
    """The sentence of a notice."""
    said = {} if code in PERSONAL else {"title": say_of_load, "problem": say_failed}
    return SENTENCES[code]({**params, **{name: say(params[name]) for name, say in said.items() if params.get(name)}})


def _source_stopped(params: Params) -> str:
    return _(
        "Nothing has come from %(title)s (%(origin)s) since %(last)s UTC; something usually comes every %(usual)s."
    ) % {
        "title": params["title"],
        "origin": params["origin"],
        "last": date_format(datetime.fromisoformat(params["last_at"]).astimezone(UTC), "j M Y, H:i"),
        "usual": duration(params["usual_seconds"]),
    }


def _load_died(params: Params) -> str:
    return _("The last load of %(title)s (%(origin)s) was cut off before its end. Nothing of it is kept.") % params


def _load_failed(params: Params) -> str:
    return _("The last load of %(title)s (%(origin)s) failed: %(problem)s. Nothing of it is kept.") % params


def _rows_rejected(params: Params) -> str:
    return _("%(share)s of the rows in the last load of %(title)s (%(origin)s) could not be used: %(rejected)s of %(read)s.") % {
        "title": params["title"],
        "origin": params["origin"],
        "share": figure(params["rejected"] / params["read"], "share"),
        "rejected": f"{params['rejected']:,}",
        "read": f"{params['read']:,}",
    }  # fmt: skip


def _reading_again_failed(params: Params) -> str:
    return _("Reading a load of %(title)s (%(origin)s) again did not work: %(problem)s.") % params


def _webhook_disabled(params: Params) -> str:
    return (
        _("The webhook %(name)s did not hear of several events for a day each, and is told of nothing any more.")
        % params
    )


def _mail_unsent(params: Params) -> str:
    return _("A mail could not be sent in %(tries)s tries: %(problem)s. The worker's log says more.") % params


def _survey_unsent(params: Params) -> str:
    return _("Customers could not be asked: %(problem)s. The worker's log says more.") % params


def _read_standard(params: Params) -> str:
    return _("Please read the standard “%(title)s” by %(day)s.") % _with_day(params)


def _refresh_standard(params: Params) -> str:
    return _("Please read the standard “%(title)s” again by %(day)s.") % _with_day(params)


def _answer_evaluation(params: Params) -> str:
    return _("You can answer an evaluation of your contact until %(day)s.") % _with_day(params)


def _mark_calibration(params: Params) -> str:
    return _("Please mark the contacts of the calibration session “%(title)s” by %(day)s.") % _with_day(params)


def _review_cycle(params: Params) -> str:
    return _("The review of the improvement cycle “%(title)s” is due since %(day)s.") % _with_day(params)


def _plan_cycle(params: Params) -> str:
    return _("The improvement cycle “%(title)s” has no plan yet; it was opened on %(day)s.") % _with_day(params)


def _hold_coaching(params: Params) -> str:
    return _("You have a coaching session on %(day)s.") % _with_day(params)


def _agree_coaching(_params: Params) -> str:
    return _("A colleague asks to learn with you: yes or no?")


def _sign_coaching(_params: Params) -> str:
    return _("A coaching session waits to be signed by you, or to hear with what you disagree.")


def _rate_coaching(_params: Params) -> str:
    return _("How useful was your coaching session?")


def _follow_up_coaching(_params: Params) -> str:
    return _("The day has come to say what became of a promise of a coaching session.")


def _look_at_feedback(params: Params) -> str:
    return _("Please look again at “%(title)s”: you watched it until %(day)s.") % _with_day(params)


def _answer_objective(params: Params) -> str:
    return _("The objective “%(wording)s” waits for your yes or no, and lapses on %(day)s.") % _with_day(params)


def _refresh_training(params: Params) -> str:
    return _("The training “%(subject)s” is to be done again by %(day)s.") % _with_day(params)


def _with_day(params: Params) -> Params:
    return {**params, "day": date_format(date.fromisoformat(params["day"]), "j M Y")}


def _do_action(params: Params) -> str:
    return _("You took this on for %(day)s: “%(words)s”.") % _with_day(params)


def _team_goal(params: Params) -> str:
    return _("What came of the goal of %(team)s for %(day)s can be read now.") % _with_day(params)


def _answer_in_meeting(params: Params) -> str:
    said = ngettext(
        "%(n)d question to a meeting that you led waits for an answer.",
        "%(n)d questions to meetings that you led wait for an answer.",
        params["n"],
    )
    return said % params


def _release_evaluation(params: Params) -> str:
    said = ngettext(
        "%(n)d evaluation that you handed in waits to be released.",
        "%(n)d evaluations that you handed in wait to be released.",
        params["n"],
    )
    return said % params


def _take_appeal(params: Params) -> str:
    said = ngettext("%(n)d appeal waits to be decided.", "%(n)d appeals wait to be decided.", params["n"])
    return said % params


def _find_for_appeal(params: Params) -> str:
    said = ngettext(
        "%(n)d appeal can be taken by nobody: everybody who may decide it has read the marks.",
        "%(n)d appeals can be taken by nobody: everybody who may decide them has read the marks.",
        params["n"],
    )
    return said % params


def _release_left(params: Params) -> str:
    said = ngettext(
        "%(n)d evaluation of somebody who evaluates no more was handed in and is not released: another evaluator can release it.",
        "%(n)d evaluations of people who evaluate no more were handed in and are not released: other evaluators can release them.",
        params["n"],
    )
    return said % params


def _mark_drawn(params: Params) -> str:
    said = ngettext(
        "%(n)d contact that was drawn for you waits, for a week or longer.",
        "%(n)d contacts that were drawn for you wait, some of them for a week or longer.",
        params["n"],
    )
    return said % params


SENTENCES: Mapping[str, Callable[[Params], str]] = {
    "source_stopped": _source_stopped,
    "load_died": _load_died,
    "load_failed": _load_failed,
    "rows_rejected": _rows_rejected,
    "reading_again_failed": _reading_again_failed,
    "webhook_disabled": _webhook_disabled,
    "mail_unsent": _mail_unsent,
    "survey_unsent": _survey_unsent,
    "read_standard": _read_standard,
    "refresh_standard": _refresh_standard,
    "answer_evaluation": _answer_evaluation,
    "release_evaluation": _release_evaluation,
    "take_appeal": _take_appeal,
    "find_for_appeal": _find_for_appeal,
    "release_left": _release_left,
    "mark_drawn": _mark_drawn,
    "mark_calibration": _mark_calibration,
    "review_cycle": _review_cycle,
    "plan_cycle": _plan_cycle,
    "hold_coaching": _hold_coaching,
    "agree_coaching": _agree_coaching,
    "sign_coaching": _sign_coaching,
    "rate_coaching": _rate_coaching,
    "follow_up_coaching": _follow_up_coaching,
    "look_at_feedback": _look_at_feedback,
    "answer_objective": _answer_objective,
    "refresh_training": _refresh_training,
    "do_action": _do_action,
    "answer_in_meeting": _answer_in_meeting,
    "team_goal": _team_goal,
}
# What one person is reminded of: what stands in it is the centre's own, and is told as it was written.
PERSONAL = frozenset(
    {
        *("read_standard", "refresh_standard", "answer_evaluation", "release_evaluation", "take_appeal", "mark_drawn"),
        *("find_for_appeal", "release_left", "mark_calibration", "review_cycle", "plan_cycle", "look_at_feedback"),
        *("hold_coaching", "agree_coaching", "sign_coaching", "rate_coaching", "follow_up_coaching"),
        *("answer_objective", "refresh_training", "do_action", "answer_in_meeting", "team_goal"),
    }
)
