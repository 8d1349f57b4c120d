"""Who may do what with standards, forms, evaluations, draws and recordings through the API? A part of the matrix of `rights_api.py`.

The sets are those of the pages' own rows in `rights.py`, written by hand there.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from floorwalker.apps.evaluations.answering_back import show_marks
from floorwalker.apps.evaluations.building import begin_version
from floorwalker.apps.evaluations.contacts import parts_of
from floorwalker.apps.recordings.models import Kind
from tests.apps.conftest import NOW, Floor
from tests.apps.evaluations.drawn import draw_of, plan_of
from tests.apps.evaluations.made import evaluations, missed, published_form, released, sent
from tests.apps.operation import Operation, does, reads
from tests.apps.recordings.rows import WORDS, keep_file, keep_recording, kept_folder
from tests.apps.rights import (
    ASKED,
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
    seen, appealed = (
        show_marks(
            released(floor, drawn_by, sent() | missed("q1", "no", "agent"), place=place),
            by=floor.users["agent"],
            at=NOW,
        )
        for place in (5, 6)
    )
    one = {
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
        "appeal_evaluation": {"": {"evaluation": appealed.pk}},
        **{key: {"": {"evaluation": seen.pk}} for key in ("acknowledge_evaluation", "remark_on_evaluation")},
        "list_parts": {name: {"agent": agent.pk} for name, agent in floor.named.items()},
        "begin_evaluation": agents,
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
