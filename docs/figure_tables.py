"""How often is fair judgement right where the truth is known? The tables of docs/statistics.md, from docs/figures/*.json.

The slow tests find these figures (`make slow`) and fail where the published ones differ;
`FLOORWALKER_RENEW_FIGURES=1 make slow` publishes what they find.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

FIGURES = Path(__file__).resolve().parent / "figures"
BEGIN, END = "<!-- figures: written by `make docs` from docs/figures -->", "<!-- end of figures -->"

PEOPLE = {
    "gamma-skewed-agents": "usual contacts, a few people far off",
    "weibull-normal-agents": "other contacts, people who differ evenly",
    "lognormal-heavy-tailed-agents": "contacts with long tails, some people very far off",
    "very-long-calls-not-capped": "usual contacts, if very long ones were not capped",
    "few-contacts": "six contacts a day",
    "twelve-agents": "twelve people in all",
    "shares": "shares (such as resolved or transferred)",
    "surveys-answered-by-mood": "surveys, answered by mood",
}
CAUSES = {
    "plain-skewed": "nothing special",
    "everybody-skewed": "everybody 9 % slower",
    "team-skewed": "three bad teams, a few people far off",
    "team-normal": "three bad teams, people who differ evenly",
    "team-t4": "three bad teams, some people very far off",
}
STARTERS = {
    "fading": "starters 40 % slower at first",
    "straight": "starters who learn in another way",
    "none": "starters as quick as others",
}


def figures(name: str) -> Mapping[str, float]:
    """One file of figures."""
    found: dict[str, float] = json.loads((FIGURES / f"{name}.json").read_text(encoding="utf-8"))
    return found


def percent(share: float) -> str:
    """A share as a reader likes it."""
    return f"{100 * share:.1f} %" if share < 0.095 else f"{100 * share:.0f} %"


def tables() -> Iterator[str]:
    """All tables, a line at a time."""
    yield from people()
    yield from causes()
    yield from changes()
    yield from targets()
    yield from coaching()


def table(*columns: str) -> Iterator[str]:
    """The head of a table."""
    yield f"| {' | '.join(columns)} |"
    yield "|" + "---|" * len(columns)


def row(*cells: str) -> str:
    """A line of a table."""
    return f"| {' | '.join(cells)} |"


def people() -> Iterator[str]:
    """Who is named, and whether rightly; starters on their own."""
    plain, right = "the plain way", "the likely range holds the truth"
    yield from table(
        "people", "named wrongly, of all named", plain, "found, of gaps twice as large as matters", plain, right
    )
    for name, said in PEOPLE.items():
        one = figures(f"people-{name}")
        yield row(
            said, *(percent(one[key]) for key in ("wrong", "wrong_elsewhere", "found", "found_elsewhere", "covered"))
        )
    silent = percent(figures("people-no-differences")["silent"])
    yield ""
    yield f"Of floors where nobody differs, {silent} hear of nobody; the plain way names dozens on every one."
    own, calm = figures("simulated-planted"), figures("simulated-no-differences")
    yield (
        f"On the floors that `floorwalker load simulated` makes, {percent(own['wrong'])} of names are wrong,"
        f" {percent(own['found'])} of the gaps are found, {percent(own['covered'])} of likely ranges hold the truth;"
        f" the planted change of a process is found on {percent(own['changes_found'])} of floors,"
        f" the team with trouble on {percent(own['teams_found'])}; of all people, teams and kinds of contact that are named"
        f" {percent(own['wrong_of_all'])} are named wrongly."
        f" Where nothing is planted, {percent(calm['silent'])} of floors hear of nothing"
        " whatever: of no person, team or kind of contact, nor of everybody."
    )
    yield ""
    yield from table("starters", "named wrongly, of starters named", "where nobody says that they are new", right)
    for name, said in STARTERS.items():
        one = figures(f"starters-{name}")
        yield row(said, *(percent(one[key]) for key in ("wrong", "wrong_elsewhere", "covered")))
    yield ""


def causes() -> Iterator[str]:
    """Whose gaps are, and whether teams are found."""
    yield from table("whose gap it is", "“yours” is wrong", "the plain way", "bad teams found", "teams named wrongly")
    for name, said in CAUSES.items():
        one = figures(f"causes-{name}")
        teams = (percent(one[key]) if name.startswith("team") else "" for key in ("teams_found", "teams_wrong"))
        yield row(said, percent(one["wrong"]), percent(one["wrong_elsewhere"]), *teams)
    yield ""


def changes() -> Iterator[str]:
    """Kinds of contact and charts."""
    kinds, calm, charts = figures("processes"), figures("processes-no-change"), figures("charts")
    yield from table("what changes", "figure", "the plain way")
    yield row("kinds of contact that became 12 % longer and are found", percent(kinds["found"]), "")
    wrong = "kinds that are named although they did not change, of all named"
    yield row(wrong, percent(kinds["wrong"]), percent(kinds["wrong_elsewhere"]))
    yield row("floors where nothing changed that hear of nothing", percent(calm["silent"]), "")
    alarms = f"false alarms of a person’s chart in a year (agreed: {charts['alarms_agreed']:.2f})"
    yield row(alarms, f"{charts['alarms']:.2f}", f"{charts['alarms_elsewhere']:.0f}")
    yield row("changes of 10 % noticed within forty days", percent(charts["found_10"]), "")
    yield row("changes of 15 % noticed within forty days", percent(charts["found_15"]), "")
    levels = figures("levels")
    agreed = f"(agreed: {levels['alarms_agreed']:.2f})"
    yield row(f"false alarms in a year of the chart of everybody {agreed}", f"{levels['floor_alarms']:.2f}", "")
    yield row(f"the same of the chart of a kind of contact {agreed}", f"{levels['kind_alarms']:.2f}", "")
    yield row("everybody 10 % slower, noticed within thirty days", percent(levels["floor_found_10"]), "")
    yield row("a kind of contact 12 % longer, noticed within thirty days", percent(levels["kinds_found_12"]), "")
    rare = figures("rare")
    alarms = f"false alarms in a year of charts of rare events (agreed: {rare['alarms_agreed']:.2f})"
    yield row(alarms, f"{rare['alarms']:.2f}", "")
    yield row(
        "rare events (one in 200) that came to happen twice as often, noticed within forty days",
        percent(rare["found_2"]),
        "",
    )
    yield row("the same, three times as often", percent(rare["found_3"]), "")


RELIABILITIES = (35, 70, 90)
OTHERWISE = {
    "steady-0": "nobody changes",
    "steady-25": "everybody changes fast",
    "jumps-10": "people change rarely, and by leaps",
    "12-agents-12-months": "twelve people in all",
    "240-agents-4-months": "four months in all",
    "returning-10": "everybody drifts back to the usual within a year",
}


def targets() -> Iterator[str]:
    """Whether targets are reached as often as was said, and where hours go."""
    yield ""
    yield from table(
        "targets, by how much of a month's figure is no luck",
        "reached, of those said to be reached by 60 %",
        "of the harder ones, said to be reached by 30 %",
        "off, at most, of a tenth of all statements",
        "squared error (Brier), knowing nobody",
        "the plain way: those below the best quarter who reach it unaided",
    )
    for reliability in RELIABILITIES:
        one = figures(f"targets-{reliability}")
        shares = (percent(one[key]) for key in ("proposed", "stretch", "off"))
        brier = f"{one['brier']:.3f}, {one['base']:.3f}"
        yield row(f"{reliability} %", *shares, brier, percent(one["top_quartile"]))
    for name, said in OTHERWISE.items():
        one = figures(f"targets-{name}")
        yield row(f"70 %, {said}", percent(one["proposed"]), "", percent(one["off"]), f"{one['brier']:.3f}", "")
    first = figures("priorities")
    yield ""
    yield (
        f"Of what forty hours gain in the hands of somebody who knows all true gaps, the list gains {percent(first['ours'])};"
        f" hours for the largest plain gaps gain {percent(first['largest_plain_gap'])}, for whoever misses most measures"
        f" {percent(first['most_measures_missed'])}, for the largest believed gaps {percent(first['largest_believed_gap'])}."
    )


COACHED = {
    "worst": "the worst by their record",
    "of-the-worst-48": "24 of the worst 48",
    "private-knowledge": "by the record and what the leader knew besides",
    "private-and-a-dip": "the same, where people have passing dips",
}
LEARNERS = {
    "usual": "twenty starters, as usual",
    "few": "ten starters",
    "slow": "thirty who learn slowly",
    "straight": "twenty who learn in a straight line",
    "stepped": "twenty who learn by leaps",
    "few-contacts": "twenty with few contacts a week",
}


def coaching() -> Iterator[str]:
    """Whether coaching is praised for what came back by itself, and found where it works; and how long starters take."""
    yield ""
    yield from table(
        "24 of 240 coached, chosen in this way",
        "“works”, where nothing did",
        "the plain way",
        "half a standard deviation is found",
        "where longer records were open: “works” wrongly, found",
        "the likely range holds the truth",
    )
    for name, said in COACHED.items():
        one = figures(f"coaching-recent-{name}")
        both = f"{percent(one['false_otherwise'])}, {percent(one['power_otherwise'])}"
        yield row(said, *(percent(one[key]) for key in ("false", "naive", "power")), both, percent(one["covered"]))
    for name in ("worst", "private-knowledge", "private-and-a-dip"):
        one = figures(f"coaching-lot-{name}")
        yield row(
            f"by lot, from 48: {COACHED[name]}",
            percent(one["false"]),
            "",
            percent(one["power"]),
            "",
            percent(one["covered"]),
        )
    years = [figures(f"coaching-year-{name}") for name in COACHED]
    praised, passed_off = (percent(max(one[key] for one in years)) for key in ("false", "passed_off"))
    few = [percent(figures(f"coaching-few-{coached}")["covered"]) for coached in (1, 3, 6)]
    yield ""
    yield (
        "Where people were chosen by a whole year's record and that is known, coaching that did nothing is praised on at most"
        f" {praised} of floors; were it passed off as a choice by what was shown lately, on up to {passed_off}: so what was shown"
        f" is kept. With one coached the range holds the truth in {few[0]}, with three in {few[1]}, with six in {few[2]}."
    )
    gamers = 100 * figures("gamers-on-floors-of-sixty")["trade_off"]
    yield ""
    yield (
        "On floors of sixty people with twenty contacts a week each, over 65 weeks, one who hurries contacts away is called a"
        f" trade-off on {gamers:.1f} %."
    )
    yield ""
    yield from table(
        "starters",
        "the range of weeks holds the truth",
        "enough were followed to tell",
        "half of them: by so many weeks off",
    )
    for name, said in LEARNERS.items():
        one = figures(f"competence-{name}")
        yield row(said, percent(one["covered"]), percent(one["told"]), f"{abs(one['off']):.0f}")
    never = percent(figures("competence-no-learning")["wrong"])
    yield ""
    yield f"Of cohorts that do not learn at all, {never} are said to be there."


def with_figures(page: str) -> str:
    """A page with the tables between their marks."""
    before, rest = page.split(BEGIN)
    return "\n".join([f"{before}{BEGIN}", "", *tables(), "", f"{END}{rest.split(END)[1]}"])
