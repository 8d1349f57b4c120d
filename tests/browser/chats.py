"""Can a published procedure of a real shop be built as a form, and its chats be judged by it? Built by the builder's own pages.

`python -m tests.browser.chats` fills FLOORWALKER_HOME with the chats of ../shared/data/abcd_sample and a form of all its
guidelines, judges each chat but the first by script, and prints, as JSON, what came of it. No sentence of that data is kept here.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from floorwalker.cli.opening import Home, open_home, publish_names
from tests.browser.centre import PASSWORD
from tests.installation import MAIN, Installation
from tests.shared_data import shared

if TYPE_CHECKING:
    from django.test import Client

    from floorwalker.apps.evaluations.models import EvaluationForm
    from floorwalker.apps.people.models import User
    from floorwalker.insight.parts import Part
    from floorwalker.insight.questionnaire import Form

AT_ONCE = 4  # answers of a choice, beside the one that leads on
BEGAN = datetime(2026, 11, 3, 10, tzinfo=UTC)
AGENT, ANOTHER = "Agent 1", "another"
STORE = "[recordings.chats]\nfolder = \"{folder}\"\npattern = 'chat-(?P<contact>[0-9]+)'\n"
MAPPING = """
columns: {id: Id, entered: Start, agent: Agent, queue: Queue, reason: Reason}
defaults: {channel: chat, direction: inbound, outcome: answered}
timezone: UTC
"""


@dataclass(frozen=True)
class Step:
    """One step of the procedure: its label, and how it is done."""

    label: str
    told: str


@dataclass(frozen=True)
class Request:
    """One kind of request with its steps; code: as the chats name it."""

    code: str
    label: str
    steps: tuple[Step, ...]


def words_of(label: str) -> frozenset[str]:
    """The words of a label, so that `Notify Internal Team` is what chats call notify-team."""
    return frozenset(word.rstrip("s") for word in slug_of(label).split("-"))


def is_among(label: str, actions: Iterable[str]) -> bool:
    """Whether a step is one of these actions, as chats name them."""
    return any(words_of(one) <= words_of(label) or words_of(label) <= words_of(one) for one in actions)


def slug_of(label: str) -> str:
    """A label in the way in which the chats write it."""
    return re.sub(r"[^a-z0-9]+", "-", label.lower()).strip("-")


@cache
def data(name: str) -> Any:
    """One of the files of the data."""
    return json.loads(shared(f"data/abcd_sample/{name}.json").read_text(encoding="utf-8"))


def guidelines() -> dict[str, list[Request]]:
    """By the label of its group, every kind of request. The ontology names kinds in the order in which the guidelines do."""
    intents = data("ontology")["intents"]["subflows"]
    return {
        group: [
            Request(code, label, tuple(Step(one["button"], told(one)) for one in kind["actions"]))
            for code, (label, kind) in zip(
                intents[slug_of(group).replace("-", "_")], said["subflows"].items(), strict=True
            )
        ]
        for group, said in data("guidelines").items()
    }


def told(action: Mapping[str, Any]) -> str:
    """How a step is done, as its guidance."""
    return "\n".join([action["text"], *action["subtext"]])


# --- the form, typed into the builder's pages -----------------------------------------------------------------------------------


@dataclass
class Builder:
    """One who builds a form by its pages."""

    client: Client
    form: EvaluationForm

    def post(self, path: str, given: Mapping[str, Any]) -> None:
        """Type something; what the page finds wrong ends the test."""
        answer = self.client.post(f"/forms/{self.form.pk}/draft/{path}", given)
        assert answer.status_code == 302, answer.content.decode()[:3000]

    @property
    def asks(self) -> Form:
        """What the draft asks as it stands."""
        return self.form.versions.get(published_at=None).asks

    def section(self, title: str) -> str:
        """A further section; its code."""
        self.post("", {"do": "add_section", "title": title, "weight": 1})
        return self.asks.sections[-1].code

    def question(self, section: str, wording: str, **given: Any) -> str:
        """A further question of a section; its code."""
        usual = {"wording": wording, "kind": "yes_no", "points": 1, "may_not_apply": "on"}
        self.post(f"question/{section}/", usual | given)
        return next(one for one in self.asks.sections if one.code == section).questions[-1].code

    def choice(self, section: str, wording: str, labels: Sequence[str], condition: str = "") -> dict[str, str]:
        """By label the answer that says it, as conditions name it: in as many questions as it takes, each leading to the next."""
        found: dict[str, str] = {}
        left = list(labels)
        while left:
            now, left = (left, []) if len(left) <= AT_ONCE + 1 else (left[:AT_ONCE], left[AT_ONCE:])
            shown = [*now, ANOTHER] if left else now
            given: dict[str, Any] = {"kind": "choice", "points": 0, "may_not_apply": ""}
            for number, label in enumerate(shown, start=1):
                given |= {f"label_{number}": label, f"share_{number}": 100}
            code = self.question(section, wording, **given, condition=[condition] if condition else [])
            found |= {label: f"{code}:{number}" for number, label in enumerate(now, start=1)}
            condition = f"{code}:{len(shown)}"
        return found


def build_form(client: Client, by: User) -> tuple[EvaluationForm, dict[str, list[str]]]:
    """All guidelines as one form, and by kind of request the answers that lead to its steps."""
    from floorwalker.apps.evaluations.models import EvaluationForm

    client.post("/forms/", {"name": "Guidelines", "purpose": "", "respond_days": 14})
    builder = Builder(client, EvaluationForm.objects.get(name="Guidelines"))
    kinds, ways = guidelines(), {}
    groups = builder.choice(builder.section("The request"), "What is it about?", list(kinds))
    for group, requests in kinds.items():
        section = builder.section(group)
        named = builder.choice(section, "Which request is it?", [one.label for one in requests], groups[group])
        for request in requests:
            ways[request.code] = [groups[group], named[request.label]]
            for step in request.steps:
                builder.question(section, step.label, guidance=step.told, condition=[named[request.label]])
    builder.post("", {"do": "publish", "note": ""})
    return builder.form, ways


# --- the chats -------------------------------------------------------------------------------------------------------------------


def load_chats(home: Home) -> None:
    """Each chat as a contact, and its transcript as the data writes it or as a log of lines; found as by the worker."""
    from floorwalker.jobs.recordings import look_through

    folder = home.config.home.parent / "chats"
    folder.mkdir()
    (home.config.home / "floorwalker.toml").write_text(STORE.format(folder=folder))
    rows = ["Id,Start,Agent,Queue,Reason"]
    for number, chat in enumerate(data("abcd_sample")):
        at = BEGAN + timedelta(hours=number)
        rows.append(f"{chat['convo_id']},{at:%Y-%m-%d %H:%M:%S},{AGENT},Chats,{chat['scenario']['subflow']}")
        name = folder / f"chat-{chat['convo_id']}.{'json' if number % 2 else 'txt'}"
        lines = "\n".join(f"{who.title()}: {text}" for who, text in chat["original"])
        name.write_text(json.dumps(chat["delexed"]) if number % 2 else lines, encoding="utf-8")
        os.utime(name, (at.timestamp(),) * 2)
    path = home.config.home.parent / "chats.csv"
    path.write_text("\n".join(rows) + "\n")
    Installation(home.config, home.lake).load("csv_files", path, mapping=MAPPING)
    publish_names(home)
    look_through(home.config, home.lake)


def pressed_in(chat: Mapping[str, Any]) -> set[str]:
    """The steps that the agent took, as the chat tells them."""
    return {turn["targets"][2] for turn in chat["delexed"] if turn["targets"][1] == "take_action"}


def answers_to(form: Form, chat: Mapping[str, Any], way: Sequence[str]) -> dict[str, Any]:
    """What a page would send: the way to the chat's kind of request, then each step, met where the chat tells that it was taken.

    What no chat could tell, since nothing is pressed for it, is left out as not applying.
    """
    from floorwalker.apps.standards.models import RootCause

    sent, cause, pressed = {}, RootCause.objects.get(kind="agent"), pressed_in(chat)
    can_be_seen = {action for kind in data("ontology")["actions"].values() for action in kind}
    leads = dict(answer.split(":") for answer in [*way, *before(form, way)])
    for question in form.questions:
        if question.code in leads:
            sent[f"a-{question.code}"] = leads[question.code]
        elif question.condition and leads.get(question.condition.question) in question.condition.options:
            if not is_among(question.wording, can_be_seen):
                sent[f"a-{question.code}"] = "na"
                continue
            met = is_among(question.wording, pressed)
            sent[f"a-{question.code}"] = "yes" if met else "no"
            sent |= {} if met else {f"r-{question.code}": str(cause.pk), f"c-{question.code}": "Not seen in the chat."}
    return sent


def before(form: Form, way: Sequence[str]) -> Iterator[str]:
    """The answers that lead to the questions of that way: `another`, until what is asked for is on the list."""
    for answer in way:
        question = form.question(answer.split(":")[0])
        while question is not None and question.condition is not None:
            lead = f"{question.condition.question}:{question.condition.options[0]}"
            yield lead
            question = form.question(question.condition.question)


def judge_by_script(
    form: EvaluationForm, ways: Mapping[str, list[str]], parts: Mapping[str, Part], by: User
) -> dict[str, float | None]:
    """Every chat but the first is marked as its page would be; by chat, what share of its steps was taken."""
    from floorwalker.apps.evaluations.answering import read_given
    from floorwalker.apps.evaluations.beginning import begin_evaluation
    from floorwalker.apps.evaluations.handing_in import submit_marking
    from floorwalker.apps.evaluations.models import Purpose
    from floorwalker.apps.people.models import Agent

    agent, version, found = Agent.objects.get(name=AGENT), form.published, {}
    assert version is not None
    for chat in data("abcd_sample")[1:]:
        part = parts[kind_of(chat)]
        made = begin_evaluation(part, agent, version, Purpose.OFFICIAL, by=by, at=datetime.now(UTC))
        given = read_given(version.asks, answers_to(version.asks, chat, ways[kind_of(chat)]))
        marking = made.open_marking
        assert marking is not None
        submit_marking(marking, given, by=by, at=datetime.now(UTC))
        marking.refresh_from_db()
        found[str(chat["convo_id"])] = marking.agent_share
    return found


def kind_of(chat: Mapping[str, Any]) -> str:
    """The kind of request, as the ontology names it."""
    return re.sub(r"_\d+$", "", chat["scenario"]["subflow"])


def main() -> None:
    """Fill the home and say what is in it."""
    home, now = open_home(), datetime.now(UTC)
    from django.test import Client

    from floorwalker.apps.evaluations.beginning import begin_evaluation
    from floorwalker.apps.evaluations.contacts import parts_of
    from floorwalker.apps.evaluations.models import Purpose
    from floorwalker.apps.people import actions
    from floorwalker.apps.people.models import Agent
    from floorwalker.jobs.records import publish_records

    actions.found_site(MAIN.code, MAIN.timezone, MAIN.country or "", by="tests", at=now)
    load_chats(home)
    analyst = actions.add_user("analyst", "quality_analyst", by="tests", at=now, password=PASSWORD)
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(analyst)
    form, ways = build_form(client, analyst)
    agent = Agent.objects.get(name=AGENT)
    parts = {re.sub(r"_\d+$", "", part.reason): part for part in parts_of(agent, date(2026, 11, 30))[0]}
    shares = judge_by_script(form, ways, parts, analyst)
    first = data("abcd_sample")[0]
    version = form.published
    assert version is not None
    begun = begin_evaluation(parts[kind_of(first)], agent, version, Purpose.OFFICIAL, by=analyst, at=now)
    publish_records(home.config, home.lake, at=now)
    known = {"form": form.pk, "first": begun.pk, "questions": len(version.asks.questions), "shares": shares}
    known["way"] = ways[kind_of(first)]
    print(json.dumps(known))


if __name__ == "__main__":
    main()
