"""Who may do what with standards, forms, evaluations, draws and recordings through the API? A part of the matrix of `rights_api.py`.

The sets are those of the pages' own rows in `rights.py`, written by hand there.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from floorwalker.apps.evaluations.answering_back import show_marks
from floorwalker.apps.evaluations.appealing import take_appeal
from floorwalker.apps.evaluations.building import begin_version
from floorwalker.apps.evaluations.contacts import parts_of
from floorwalker.apps.recordings.models import Kind
from tests.apps.conftest import NOW, Floor
from tests.apps.evaluations.calibrated import mark_all, marked_session, session_of
from tests.apps.evaluations.drawn import draw_of, plan_of
from tests.apps.evaluations.made import appealed, evaluations, missed, published_form, released, sent, submitted
from tests.apps.operation import Operation, does, reads
from tests.apps.recordings.rows import WORDS, keep_file, keep_recording, kept_folder
from tests.apps.rights import (
    ASKED,
    CALIBRATES,
    EVALUATES,
    MANAGES_FORMS,
    NOBODY,
    OF_THE_TEAM,
    OF_THE_TEAM_STANDARD,
    PEOPLE_EVERYWHERE,
    SETS_FOR_CENTRE,
    STAGES,
    of_an_agent,
    of_an_evaluated_agent,
)
from tests.apps.standards.made import published_standard
from tests.media.sounds import write_wav

ANALYST, AGENT = frozenset({"analyst"}), frozenset({"agent"})
DECIDES = frozenset({"analyst", "team_analyst"})
GREETS = {"wording": "Greets", "kind": "yes_no"}
ASKS = {"rule": "weighted_points", "sections": [{"code": "s1", "title": "All of it", "questions": [GREETS]}]}
ANSWERS = [{"question": "q1", "option": "yes"}, {"question": "q2", "option": "3"}, {"question": "q3", "option": "yes"}]
NEW_FILE = "registered.wav"

QUALITY: dict[str, Operation] = {
    "list_aims": reads("/aims"),
    "list_causes": reads("/causes"),
    "list_standards": reads("/standards"),
    # Of the first team: its people, whoever reads its targets and who keeps it.
    "read_standard": reads("/standards/{standard}", OF_THE_TEAM_STANDARD),
    "read_readers": reads("/standards/{standard}/readers", SETS_FOR_CENTRE | {"leader", "branch_leader"}),
    "list_consultations": reads("/consultations"),
    "list_remarks": reads("/standards/{standard}/remarks", ASKED | SETS_FOR_CENTRE),
    "list_forms": reads("/forms"),
    "bring_in_form": does("/forms", MANAGES_FORMS, name="Brought in", **ASKS),
    "read_form": reads("/forms/{form}"),
    "begin_form_version": does("/forms/{form}/draft", MANAGES_FORMS),
    "read_form_draft": reads("/forms/{form}/draft", MANAGES_FORMS),
    "write_form_draft": does("/forms/{form}/draft", MANAGES_FORMS, "put", **ASKS),
    "publish_form": does("/forms/{form}/publish", MANAGES_FORMS, note="Shorter"),
    "retire_form": does("/forms/{form}/retire", MANAGES_FORMS),
    "list_evaluations": reads("/evaluations"),
    # Of agent 0, by the analyst: released to the agent; another one handed in only, and one that is begun.
    "read_evaluation": Operation(
        {"released": OF_THE_TEAM | AGENT, "submitted": OF_THE_TEAM - {"boss"}, "begun": ANALYST},
        "get",
        "/evaluations/{evaluation}",
    ),
    "list_parts": Operation(of_an_evaluated_agent().allowed, "get", "/agents/{agent}/parts"),
    "begin_evaluation": Operation(of_an_evaluated_agent().allowed, "post", "/evaluations"),
    "read_answers": Operation(
        {"begun": ANALYST, "released": NOBODY, "submitted": NOBODY}, "get", "/evaluations/{evaluation}/answers"
    ),
    "write_answers": does("/evaluations/{evaluation}/answers", ANALYST, "put", answers=ANSWERS[:1]),
    "submit_evaluation": does("/evaluations/{evaluation}/submit", ANALYST, answers=ANSWERS),
    "release_evaluation": does("/evaluations/{evaluation}/release", frozenset({"analyst", "team_analyst"})),
    "see_evaluation": does("/evaluations/{evaluation}/see", AGENT),
    "acknowledge_evaluation": does("/evaluations/{evaluation}/acknowledge", AGENT),
    "appeal_evaluation": does("/evaluations/{evaluation}/appeal", AGENT, reason="I heard a yes.", questions=["q1"]),
    "remark_on_evaluation": does("/evaluations/{evaluation}/remarks", OF_THE_TEAM | AGENT, words="The line was bad."),
    "list_sampling_plans": reads("/sampling/plans", MANAGES_FORMS),
    "list_draws": reads("/sampling/plans/{plan}/draws", MANAGES_FORMS),
    "read_draw": reads("/sampling/draws/{draw}", MANAGES_FORMS),
    "list_drawn_contacts": reads("/sampling/draws/{draw}/contacts", MANAGES_FORMS),
    "list_waiting_contacts": reads("/sampling/waiting", EVALUATES),
    # What chance gave to the analyst is nobody else's.
    "begin_drawn": does("/sampling/waiting/{begun}/begin", ANALYST),
    "set_aside_drawn": does("/sampling/waiting/{aside}/set-aside", ANALYST, why="There is no sound"),
    "draw_now": does("/sampling/plans/{undrawn}/draws", MANAGES_FORMS),
    "list_calibrations": reads("/calibrations", EVALUATES | MANAGES_FORMS),
    "call_calibration": does("/calibrations", MANAGES_FORMS, name="Called", opens_on="2026-11-20", due="2099-01-01"),
    "read_calibration": Operation(
        {"open": CALIBRATES | MANAGES_FORMS, "blind": CALIBRATES | MANAGES_FORMS}, "get", "/calibrations/{session}"
    ),
    "add_calibration_contact": does(
        "/calibrations/{session}/contacts", MANAGES_FORMS, agent=1, part="0" * 32, day="2026-11-01"
    ),
    "draw_calibration_contacts": does("/calibrations/{session}/draw", MANAGES_FORMS, plan=1, contacts=1),
    "remove_calibration_contact": does("/calibrations/{session}/contacts/{contact}", MANAGES_FORMS, "delete"),
    "begin_calibrated": does("/calibrations/contacts/{contact}/begin", CALIBRATES),
    "call_off_calibration": does("/calibrations/{session}/call-off", MANAGES_FORMS, why="Nobody has time."),
    "end_blind_phase": does("/calibrations/{session}/end-blind", MANAGES_FORMS),
    "agree_on_question": does(
        "/calibrations/{session}/questions/{code}", MANAGES_FORMS, guidance="The own name counts."
    ),
    "close_calibration": does("/calibrations/{session}/close", MANAGES_FORMS, minutes="A good talk."),
    "take_over_wording": does("/calibrations/{session}/wordings/{code}/take-over", MANAGES_FORMS),
    # Open, against marks of a leader who has left: hidden from those who may take it, told to others who may read it.
    "list_appeals": reads("/appeals", EVALUATES),
    "read_appeal": reads("/evaluations/{evaluation}/appeal", OF_THE_TEAM - DECIDES | AGENT),
    "take_appeal": does("/evaluations/{evaluation}/appeal/take", DECIDES),
    # Taken, and marked anew, by the analyst.
    "decide_appeal": does(
        "/evaluations/{evaluation}/appeal/decide", ANALYST, outcome="upheld", explanation="It is so."
    ),
    "edit_evaluation": does("/evaluations/{evaluation}/edit", DECIDES, reason="Heard again"),
    "list_recordings": reads("/recordings"),
    "register_file": does("/recordings/files", PEOPLE_EVERYWHERE, store="kept", name=NEW_FILE, contact="1.2"),
    "list_unmatched_files": reads("/recordings/files/unmatched", PEOPLE_EVERYWHERE),
    **{
        name: Operation(of_an_agent().allowed, "get", f"/recordings/{{recording}}{end}")
        for name, end in (("read_recording", ""), ("read_transcript", "/transcript"), ("hear_recording", "/file"))
    },
}


def quality(floor: Floor) -> dict[str, dict[str, dict[str, Any]]]:
    """By operation and by what it concerns, what stands in its address, of what the database holds."""
    asked = published_form(floor.users["analyst"])
    begin_version(asked, by=floor.users["analyst"], at=NOW)
    drawn_by = published_form(floor.users["analyst"], "Drawn calls")  # not the one that is retired on the way
    made = draw_of(floor, plan_of(floor, drawn_by, "Drawn", evaluators=[floor.users["analyst"]]))
    begun, aside = made.drawn.filter(evaluator=floor.users["analyst"])[:2]
    stages = {stage: {"evaluation": one["evaluation_id"]} for stage, one in evaluations(floor, drawn_by).items()}
    seen, to_appeal = (
        show_marks(
            released(floor, drawn_by, sent() | missed("q1", "no", "agent"), place=place),
            by=floor.users["agent"],
            at=NOW,
        )
        for place in (5, 6)
    )
    undrawn = plan_of(floor, drawn_by, "Undrawn", evaluators=[floor.users["analyst"]])
    taken, waits = (appealed(floor, drawn_by, by="former_leader", place=place) for place in (7, 4))
    take_appeal(taken.appeal, by=floor.users["analyst"], at=NOW)
    submitted(floor, taken, sent())
    one = {
        "undrawn": undrawn.pk,
        "standard": published_standard(floor, check=True).standard_id,
        "form": asked.pk,
        "plan": made.plan_id,
        "draw": made.pk,
        "begun": begun.pk,
        "aside": aside.pk,
    }
    agents = {
        name: {"agent": agent.pk, "given": _to_begin(floor, name, drawn_by.pk)} for name, agent in floor.named.items()
    }
    return {
        **{name: {"": one} for name in QUALITY},
        "read_evaluation": {stage: stages[stage] for stage in STAGES},
        "read_answers": {stage: stages[stage] for stage in ("begun", "released", "submitted")},
        **{key: {"": stages["begun"]} for key in ("write_answers", "submit_evaluation")},
        "release_evaluation": {"": stages["submitted"]},
        "see_evaluation": {"": stages["released"]},
        "appeal_evaluation": {"": {"evaluation": to_appeal.pk}},
        **{key: {"": {"evaluation": seen.pk}} for key in ("acknowledge_evaluation", "remark_on_evaluation")},
        "list_parts": {name: {"agent": agent.pk} for name, agent in floor.named.items()},
        "begin_evaluation": agents,
        **{key: {"": {"evaluation": waits.pk}} for key in ("read_appeal", "take_appeal")},
        "decide_appeal": {"": {"evaluation": taken.pk}},
        "edit_evaluation": {"": stages["edited"]},
        **_calibrated(floor, made.plan_id),
    }


def _calibrated(floor: Floor, plan: int) -> dict[str, dict[str, dict[str, Any]]]:
    """Of three sessions, one that all have handed in, one that waits, and one that waits for a single participant."""
    form, agent = published_form(floor.users["analyst"], "Calibrated by programs"), floor.agents[0]
    over = marked_session(floor, form, harsh="leader", contacts=1, name="Over", first=14)
    waits = session_of(floor, form, contacts=2, name="Waits", first=15)
    late = session_of(floor, form, contacts=1, name="Late", first=17)
    for name in ("analyst", "leader"):
        mark_all(floor, late, name)
    removed, begun = (one.pk for one in waits.contacts.all())
    part = parts_of(agent, None)[0][-1]
    chosen = {"agent": agent.pk, "part": part.segment_key.hex(), "day": part.local_day.isoformat()}
    people = [floor.users[name].pk for name in ("analyst", "leader")]
    session = {"session": waits.pk}
    return {
        "call_calibration": {"": {"given": {"form": form.pk, "participants": people}}},
        "read_calibration": {"open": {"session": over.pk}, "blind": session},
        "add_calibration_contact": {"": session | {"given": chosen}},
        "draw_calibration_contacts": {"": session | {"given": {"plan": plan}}},
        "remove_calibration_contact": {"": session | {"contact": removed}},
        "begin_calibrated": {"": {"contact": begun}},
        "call_off_calibration": {"": session},
        "end_blind_phase": {"": {"session": late.pk}},
        **{name: {"": {"session": over.pk, "code": "q1"}} for name in ("agree_on_question", "take_over_wording")},
        "close_calibration": {"": {"session": over.pk}},
    }


def quality_files(floor: Floor) -> dict[str, dict[str, dict[str, Any]]]:
    """The same of recordings: of four agents each a sound and a transcript, and a file that nobody has registered yet."""
    found = {}
    for name, agent in floor.named.items():
        found[name] = {"recording": keep_recording(agent).pk}
        keep_file(agent, f"{agent.pk}.vtt", Kind.TRANSCRIPT, WORDS.encode())
    (kept_folder() / NEW_FILE).write_bytes(write_wav())
    return {**dict.fromkeys(("read_recording", "read_transcript", "hear_recording"), found)}


def _to_begin(floor: Floor, name: str, form: int) -> dict[str, Any]:
    """What is sent to begin to evaluate an agent's contact that nobody has evaluated yet."""
    agent = floor.named[name]
    part = parts_of(agent, None)[0][8]
    day: date = part.local_day
    return {"agent": agent.pk, "form": form, "part": part.segment_key.hex(), "day": day.isoformat()}
