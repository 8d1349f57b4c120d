"""How is a refusal said in the reader's language: what cannot be done, what was found, what was expected and what mends it?

Actions refuse in English, for the command line and for programs, which compare what they are told (docs/decisions/0025). Pages
look each part up here and say it anew, with what was put into it. What an action says in the reader's language already, and
names and values that somebody gave, stay as they are. tests/ui/test_refusal_words.py holds this list against the code.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from floorwalker.errors import FloorwalkerError
from floorwalker.ui.load_words import say_among

SENTENCES = (
    # Recordings.
    gettext_noop("this lies behind the end of the recording"),
    gettext_noop("at most %(length)s"),
    gettext_noop("a mark ends after it begins"),
    gettext_noop("this recording is of a customer who asked to be forgotten"),
    gettext_noop("remove the file from its store"),
    # Names.
    gettext_noop("%(text)s cannot be a name"),
    gettext_noop("%(number)s characters"),
    gettext_noop("1 to %(most)s"),
    gettext_noop("1 to %(most)s characters"),
    gettext_noop("blanks at its begin or end, or signs that nobody can type"),
    gettext_noop("letters, digits and signs that can be seen"),
    gettext_noop("choose another name"),
    # People.
    gettext_noop("a person needs a name"),
    gettext_noop("nobody leaves before starting"),
    gettext_noop("%(first)s to %(last)s"),
    gettext_noop("staff number %(number)s is %(name)s's"),
    gettext_noop("check the number, or merge the two"),
    gettext_noop("%(name)s stands for several names"),
    gettext_noop("split them first"),
    gettext_noop("a week has seven days of at most 24 hours"),
    gettext_noop("these two are split already"),
    gettext_noop("split at %(day)s"),
    gettext_noop("%(name)s was found to be somebody else since"),
    gettext_noop("split those two first: the later merge is undone before the earlier"),
    gettext_noop("somebody cannot be merged with her- or himself"),
    gettext_noop("choose another person"),
    gettext_noop("%(one)s and %(other)s have a log-in each"),
    gettext_noop("%(one)s and %(other)s"),
    gettext_noop("end one of the log-ins first: one person has one"),
    gettext_noop("%(one)s was found to be %(other)s already"),
    gettext_noop("merge with %(name)s"),
    gettext_noop("%(name)s is marked as not a person"),
    gettext_noop("say that it is one first"),
    # Teams, sites and queues.
    gettext_noop("a team needs a name"),
    gettext_noop("there is a team %(name)s already"),
    gettext_noop("%(one)s lies below %(other)s already"),
    gettext_noop("a team cannot lie below itself"),
    gettext_noop("site %(code)s is there already, in another time zone"),
    gettext_noop("the days of its facts were reckoned in its zone; give the new site another name"),
    gettext_noop("site %(code)s is there already, with another country"),
    gettext_noop("its customers' numbers were read so, and would look like others'; give the new site another name"),
    gettext_noop("no measure has a limit %(name)s of each queue"),
    gettext_noop("%(name)s cannot be %(value)s"),
    # Log-ins and roles.
    gettext_noop("there is a user %(name)s already"),
    gettext_noop("%(name)s has a log-in already"),
    gettext_noop("one person has one log-in"),
    gettext_noop("a team leader leads a team"),
    gettext_noop("name it with --team"),
    gettext_noop("choose the team"),
    gettext_noop("a role is for a team or for a site"),
    gettext_noop("choose one of the two"),
    gettext_noop("an administrator looks after the whole installation"),
    gettext_noop("for %(place)s"),
    gettext_noop("leave team and site empty; for one site there is the operations manager"),
    gettext_noop("a %(role)s for %(place)s would see nothing"),
    gettext_noop("for the whole centre, or for a site where figures of the centre are meant"),
    gettext_noop("leave the team empty"),
    gettext_noop("leave the site empty"),
    gettext_noop("%(name)s is the last administrator"),
    gettext_noop("nobody else has this role without an end, an open log-in and a password"),
    gettext_noop("at least one other"),
    gettext_noop("give the role to somebody else first, who has logged in once"),
    gettext_noop("this role has ended already"),
    gettext_noop("its first day without it was %(day)s"),
    gettext_noop("this role cannot be given"),
    gettext_noop("%(name)s may not log in any more"),
    gettext_noop("this is your own log-in"),
    gettext_noop("let another administrator close it"),
    gettext_noop("the log-in of %(name)s is closed already"),
    gettext_noop("the log-in of %(name)s is open"),
    gettext_noop("this is your own second factor"),
    gettext_noop("remove it on the page My account"),
    gettext_noop("%(name)s has no second factor"),
    gettext_noop("this link cannot be used any more"),
    gettext_noop("it was used already, or is older than a week"),
    gettext_noop("ask an administrator for a new one: floorwalker user invite NAME"),
    # Views and mail.
    gettext_noop("a view needs a name"),
    gettext_noop("another of your views has this name"),
    gettext_noop("another of your views has this name by now"),
    gettext_noop("rename that one first"),
    gettext_noop("this page cannot be saved as a view"),
    gettext_noop("this would end before it begins"),
    gettext_noop("take a later last day"),
    gettext_noop("this installation sends no mail"),
    gettext_noop("ask whoever runs it to set FLOORWALKER_SMTP_HOST and what belongs to it (docs/operating.md)"),
    gettext_noop("it was used already, is older than two days, or was sent to another address or for another log-in"),
    gettext_noop("give the address again: a new link is sent"),
    gettext_noop("this page cannot be sent"),
    gettext_noop("open the page that it belongs to and save that"),
    gettext_noop("nobody knows yet that your address is yours"),
    gettext_noop("open the link that was sent there"),
    gettext_noop("there is no such time"),
    gettext_noop("this link leads to nothing that is sent"),
    gettext_noop("copy it whole from the mail"),
    # Webhooks and tokens.
    gettext_noop("a webhook needs a name"),
    gettext_noop("a webhook is told of some events"),
    gettext_noop("at least one of them"),
    gettext_noop("there are too many webhooks"),
    gettext_noop("remove those that nobody needs"),
    gettext_noop("this webhook was removed"),
    gettext_noop("make a new one"),
    gettext_noop("this webhook is told of nothing"),
    gettext_noop("switch it on first"),
    gettext_noop("nothing can be sent to this address"),
    gettext_noop("this address cannot be read"),
    gettext_noop("an address such as https://example.org/hook, without a user name"),
    gettext_noop("a token needs a name"),
    gettext_noop("say which program it is for"),
    gettext_noop("a token is for some areas"),
    gettext_noop("a token expires within a year"),
    gettext_noop("there are too many tokens"),
    gettext_noop("%(number)s live ones"),
    gettext_noop("end those that nobody uses"),
    # Loads.
    gettext_noop("this load is still running"),
    gettext_noop("wait until it is over"),
    gettext_noop("this load is going to be read again already"),
    gettext_noop("look again in a few minutes"),
    # Targets.
    gettext_noop("a target ends after it begins"),
    gettext_noop("a target is for one place"),
    gettext_noop("a site, a team, a queue or a channel; none: the centre"),
    gettext_noop("this target has ended already"),
    gettext_noop("its last day was %(day)s"),
    gettext_noop("%(measure)s has no better side"),
    gettext_noop("it says how much there was, not how well: aim for another measure"),
    gettext_noop("it may be too low as well as too high: give a band, low and high"),
    gettext_noop("a target is one value, or a band with both its ends"),
    gettext_noop("value, or low and high"),
    gettext_noop("the lower end of a band lies below its upper end"),
    gettext_noop("a share lies between 0 and 100 %"),
    gettext_noop("this reason is too long"),
    gettext_noop("%(most)s at most"),
    gettext_noop("you may not set targets there"),
    gettext_noop("a place for which your role of that day lets you set targets"),
    gettext_noop("there is no such channel"),
    # Root causes.
    gettext_noop("there is no such kind of cause"),
    gettext_noop("a cause is of the kind of the one above it"),
    gettext_noop("the cause above it is not in force on that day"),
    gettext_noop("this cause has ended already"),
    gettext_noop("each kind of cause keeps at least one"),
    gettext_noop("add another cause of this kind that holds on that day first"),
    gettext_noop("a cause ends after it begins"),
    gettext_noop("a later day"),
    gettext_noop("a later day within two years"),
    gettext_noop("this version is not in force"),
    gettext_noop("there is no such kind of reminder"),
    gettext_noop("you may not change the list of causes"),
    gettext_noop("a role that sets targets for the whole centre"),
    gettext_noop("this cannot be the code of a cause"),
    gettext_noop("small letters, digits, - and _ between them"),
    gettext_noop("there is a cause with this code already"),
    gettext_noop("choose another code"),
    gettext_noop("a cause needs a name"),
    # Aims and standards.
    gettext_noop("a consultation is not cut short"),
    gettext_noop("a draft in consultation, or what was published"),
    gettext_noop("a period ends after it begins"),
    gettext_noop("a question asks something"),
    gettext_noop("a question has options that differ"),
    gettext_noop("a site or a team; none: the centre"),
    gettext_noop("a standard has a measure or a behaviour"),
    gettext_noop("a standard is for one place"),
    gettext_noop("a standard is looked at again after it begins"),
    gettext_noop("a standard needs a title"),
    gettext_noop("an aim is for one place"),
    gettext_noop("an aim needs something by which it is known"),
    gettext_noop("an aim needs words"),
    gettext_noop("an option is said at too great a length"),
    gettext_noop("choose another owner"),
    gettext_noop("choose one of the catalogue"),
    gettext_noop("drop its draft instead"),
    gettext_noop("each comment is answered before it is decided"),
    gettext_noop("every question wants an answer"),
    gettext_noop("go on with that one, or drop it"),
    gettext_noop("its owner, or whoever sets targets for its place"),
    gettext_noop("name a measure, or say how it will be seen"),
    gettext_noop("name a measure, or say what can be seen or heard done"),
    gettext_noop("nothing was said"),
    gettext_noop("one of the options is the right one"),
    gettext_noop("open its consultation first"),
    gettext_noop("say why it is set all the same, or choose another target"),
    gettext_noop("somebody of its place"),
    gettext_noop("somebody else changed this draft meanwhile"),
    gettext_noop("look at it as it is now, and write yours anew"),
    gettext_noop("%(day)s or later"),
    gettext_noop("%(number)s without an answer"),
    gettext_noop("the client or the basis is said at too great a length"),
    gettext_noop("there is no such measure"),
    gettext_noop("this cannot become of it"),
    gettext_noop("this consultation is over"),
    gettext_noop("this standard does not concern you"),
    gettext_noop("this standard has a draft already"),
    gettext_noop("this standard is kept by others"),
    gettext_noop("this standard is not SMART yet"),
    gettext_noop("this standard is not in force"),
    gettext_noop("this version is not in force"),
    gettext_noop("what was published last and has not ended"),
    gettext_noop("it is looked at again on a day to come"),
    gettext_noop("a later day within two years"),
    gettext_noop("this target asks for what was not reached yet"),
    gettext_noop("this version is not a draft any more"),
    gettext_noop("this was answered already"),
    gettext_noop("those whom a standard concerns are asked about it"),
    gettext_noop("those whom it concerns are still being asked"),
    gettext_noop("those whom it concerns were not asked"),
    gettext_noop("today or a later day"),
    gettext_noop("today or an earlier day"),
    gettext_noop("what was changed lies in the past"),
    gettext_noop("what was expected in the past stays"),
    gettext_noop("whoever answers for a standard can log in"),
    gettext_noop("whoever answers for an aim can log in"),
    gettext_noop("whoever was asked is told why the draft changed"),
    gettext_noop("you may not publish standards there"),
    gettext_noop("you may not set aims there"),
    gettext_noop("you may not set standards there"),
    # Targets of one person.
    gettext_noop("a role that manages the people of her place"),
    gettext_noop("an adjusted target has a reason"),
    gettext_noop("it is looked at again after it begins"),
    gettext_noop("you may not adjust this person's targets"),
)


@dataclass(frozen=True)
class Told:
    """An error as a page prints it."""

    what: str
    found: str | None
    expected: str | None
    mend: str | None

    def __str__(self) -> str:
        return " ".join(self._lines())

    def _lines(self) -> Iterator[str]:
        yield self.what if self.what.endswith((".", "!", "?")) else f"{self.what}."
        if self.found:
            yield _("Found: %(found)s.") % {"found": self.found}
        if self.expected:
            yield _("Expected: %(expected)s.") % {"expected": self.expected}
        if self.mend:
            yield _("To mend it: %(mend)s.") % {"mend": self.mend.removesuffix(".")}


def tell(error: FloorwalkerError) -> Told:
    """An error in the reader's language."""
    parts = (error.what, error.found, error.expected, error.mend)
    what, found, expected, mend = (None if part is None else say_among(part, SENTENCES) for part in parts)
    return Told(what or "", found, expected, mend)
