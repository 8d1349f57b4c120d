"""In which words has the demo's invented centre taken its gaps on? Each with what could be done, and why or why not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from floorwalker.apps.improvement.models import Verdict

Said = Mapping[str, tuple[Verdict, str]]


@dataclass(frozen=True)
class Choice:
    """What could be done, of which kind and with which hours; because: why it was chosen, or why not."""

    kind: str
    words: str
    hours: float
    because: str


@dataclass(frozen=True)
class Round:
    """One cycle: what it is called, what it is to move, what people say is behind it, and the plan; the first choice was taken."""

    title: str
    measure: str
    cause: str
    choices: tuple[Choice, ...]
    plan: str
    cost: str = ""


HURRIED = Round(
    "Long calls",
    "average_handle_time",
    "Calls wander from one matter to the next.",
    (
        Choice("coaching", "Agree on a time for each call, and look at it every week", 4, "Quick to begin with."),
        Choice("training", "A day on leading a conversation", 8, "The next one is in spring."),
    ),
    "A time for each call, on a card beside the screen.",
)
SETTLED = Round(
    "Matters that come back",
    "first_contact_resolution",
    "Since calls have become shorter, customers ring again.",
    (
        Choice("coaching", "Ask whether that was all, before the end of each call", 4, ""),
        Choice("peer_support", "A week beside somebody who settles much", 10, ""),
    ),
    "",
)
POOR_MONTH = Round(
    "Those who had a poor month",
    "first_contact_resolution",
    "More of their callers rang again last month than of anybody else's in the team.",
    (
        Choice("coaching", "A card with five questions beside the screen", 5, "It costs nearly nothing."),
        Choice("training", "A day on asking questions", 24, "Too dear for one poor month."),
    ),
    "The card, and one talk about it.",
)
PASSED_ON = Round(
    "Passed on, and passed on again",
    "transfer_rate",
    "Two queues stand in no list, so whoever answers guesses.",
    (
        Choice("process", "One list of who does what, on the first page of the directory", 16, "It reaches everybody."),
        Choice(
            "training", "An hour for everybody on who does what", 60, "A list that is wrong cannot be trained away."
        ),
        Choice("standard", "Say why before passing on", 4, "Agreed already; it does not make transfers fewer."),
    ),
    "The list goes to some teams first, to the others four weeks later.",
    "a change of the directory",
)
REFUNDS = Round(
    "Refunds take longer since the new rule",
    "average_handle_time",
    "Every refund needs a second form since the rule was changed.",
    (
        Choice("process", "One form instead of two, filled from the booking", 30, "The second form asks nothing new."),
        Choice("system", "Refunds that the customer asks for on the page", 200, "Next year at the earliest."),
    ),
    "Teams begin one after another, in the order that chance drew: those that wait show what would have been.",
    "a form, and an hour for each team",
)
AGAIN = Round(
    "First contact, every time",
    "first_contact_resolution",
    "Callers ask for what only the mail desk sees.",
    (
        Choice("system", "The mail desk's notes on everybody's screen", 60, ""),
        Choice("peer_support", "An hour beside the mail desk for everybody", 24, ""),
    ),
    "",
)

# What was decided, by what the last look had found; the first of all where it found something else.
WRONG_AIM = {
    "": (Verdict.CHANGE, "Nothing shows that it did any good, and customers ring again: another aim is needed."),
    "trade_off": (Verdict.CHANGE, "Calls are shorter, and more customers ring again: this was the wrong aim."),
}
NO_USE = {
    "": (
        Verdict.STOP,
        "After twelve weeks nobody can tell that the card did anything. We stop it, and know a little more.",
    ),
    "no_proven_effect": (
        Verdict.STOP,
        "It looked like a gain. Held against their colleagues nothing is left that chance would not do: poor months come back by "
        "themselves. Better to know that than to go on with it.",
    ),
}
LISTED = {
    "": (
        Verdict.KEEP,
        "Nobody can tell yet whether transfers became fewer by it. The list costs nothing any more, and people use it.",
    )
}
