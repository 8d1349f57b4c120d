"""What can be done about views by mail: say where one reads it, show that it is one's own, begin and end a schedule."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core import signing
from django.db.models import Q
from django.utils.translation import gettext as _

from floorwalker.apps.dashboards.due import next_due
from floorwalker.apps.dashboards.models import Ended, MailAddress, Rhythm, SavedView, Schedule
from floorwalker.apps.people.accounts import CHANGED_ADDRESS
from floorwalker.apps.people.acting import action
from floorwalker.apps.people.audit import SYSTEM, record
from floorwalker.apps.people.models import AuditEntry, Site, User
from floorwalker.errors import Refused, TooOften

# Pages that have no file of their own cannot be attached to anything.
SENT = frozenset({"centre", "team_board", "without_team", "agent_page", "measure_page"})
ADDRESS_SALT, STOP_SALT = "floorwalker.mail-address", "floorwalker.mail-stop"
LINK_SECONDS = 2 * 24 * 3600
HOURS = 24
SET_ADDRESS = "set_mail_address"
# So many addresses may somebody give for herself, each of which is written to.
MOST_LINKS, WITHIN = 5, timedelta(hours=1)


@action
def set_address(address: str, *, by: User, at: datetime) -> MailAddress:
    """Note where somebody says that she reads mail: nothing goes there before she has shown it, but the link to do so."""
    _check_links(by, at)
    found, _made = MailAddress.objects.update_or_create(
        user=by, defaults={"address": address, "asked_at": at, "verified_at": None}
    )
    record(by.username, SET_ADDRESS, found, at)
    return found


def _check_links(by: User, at: datetime) -> None:
    """Refuse who would use the house to write to strangers: each address that is given is written to."""
    asked = AuditEntry.objects.filter(by=by.username, verb=SET_ADDRESS, at__gt=at - WITHIN).count()
    if asked >= MOST_LINKS:
        raise TooOften(
            _("You have given several addresses in a short time"),
            wait_seconds=int(WITHIN.total_seconds()),
            found=str(asked),
            expected=_("%(n)d addresses in an hour at most") % {"n": MOST_LINKS},
            mend=_("Look for the link in the mail that was sent already, or try again in an hour."),
        )


@action
def set_address_of(user: User, address: str, *, by: User, at: datetime) -> MailAddress:
    """Note for somebody where she reads mail: as where she says it herself, nothing goes there before she has shown it.

    The trail tells whose it is and who changed it, and never the address: that is hers, and can be erased.
    """
    if not user.is_active:
        raise Refused(_("The log-in of %(who)s is closed: open it first.") % {"who": user.username})
    holder = _holder_of(address, user)
    if holder is not None:
        raise Refused(
            _("This is the address of %(who)s, and an address is of one log-in alone.") % {"who": holder.username}
        )
    found, _made = MailAddress.objects.update_or_create(
        user=user, defaults={"address": address, "asked_at": at, "verified_at": None}
    )
    record(by.username, CHANGED_ADDRESS, user, at)
    return found


def _holder_of(address: str, user: User) -> User | None:
    """Somebody else who has shown that the address is hers."""
    shown = MailAddress.objects.filter(address__iexact=address).exclude(verified_at=None).exclude(user=user)
    found = shown.select_related("user").first()
    return found.user if found else None


@action
def verify_address(token: str, *, by: User, at: datetime) -> MailAddress:
    """Note that she has read what was sent there; a link works once, for two days, and for the address it was sent to."""
    try:
        asked = signing.loads(token, salt=ADDRESS_SALT, max_age=LINK_SECONDS)
    except signing.BadSignature as error:
        raise _spent() from error
    found = MailAddress.objects.filter(user=by, verified_at=None).first()
    if found is None or asked != _asked(found):
        raise _spent()
    if _holder_of(found.address, by) is not None:
        raise Refused(
            _("Another log-in has this address."),
            found=found.address,
            mend=_("Give an address of your own, or ask an administrator whose it is."),
        )
    found.verified_at = at
    found.save(update_fields=["verified_at"])
    record(by.username, "verify_mail_address", found, at)
    return found


def agents_at_address(user: User) -> Q:
    """The agents whose address in the directory is the one that this log-in has shown to be its own; nobody without one."""
    shown = MailAddress.objects.filter(user=user).exclude(verified_at=None).values_list("address", flat=True).first()
    return Q(email__iexact=shown) if shown else Q()


def address_token(address: MailAddress) -> str:
    """What the link holds by which an address is shown to be one's own."""
    return signing.dumps(_asked(address), salt=ADDRESS_SALT)


def _asked(address: MailAddress) -> list[str]:
    return [str(address.pk), address.address, address.asked_at.isoformat()]


def _spent() -> Refused:
    return Refused(
        "this link cannot be used any more",
        found="it was used already, is older than two days, or was sent to another address or for another log-in",
        mend="give the address again: a new link is sent",
    )


@action
def schedule_view(
    view: SavedView, rhythm: str, *, hour: int, site: Site, with_sheet: bool, by: User, at: datetime
) -> Schedule:
    """Send a view of one's own to one's own address; a second schedule of the same view takes the place of the first."""
    if view.route not in SENT:
        raise Refused(
            "this page cannot be sent", found=view.route, mend="open the page that it belongs to and save that"
        )
    if not MailAddress.objects.filter(user=by).exclude(verified_at=None).exists():
        raise Refused("nobody knows yet that your address is yours", mend="open the link that was sent there")
    if rhythm not in Rhythm.values or not 0 <= hour < HOURS:
        raise Refused("there is no such time", found=f"{rhythm}, {hour}")
    for known in view.schedules.running():
        end_schedule(known, Ended.OWNER, by=by, at=at)
    due = next_due(rhythm, hour, site.timezone, at)
    schedule = Schedule.objects.create(
        view=view, rhythm=rhythm, hour=hour, site=site, with_sheet=with_sheet, due_at=due, try_at=due, made_at=at
    )
    record(by.username, "schedule_view", schedule, at, view=view.pk, rhythm=rhythm, hour=hour)
    return schedule


@action
def end_schedule(schedule: Schedule, because: Ended, *, by: User | None, at: datetime) -> bool:
    """Send nothing more; False where that was so already."""
    ended = Schedule.objects.running().filter(pk=schedule.pk).update(ended_at=at, ended_because=because)
    if ended:
        record(SYSTEM if by is None else by.username, "end_schedule", schedule, at, because=str(because))
    return bool(ended)


def stop_token(schedule: Schedule) -> str:
    """What the link in a mail holds by which this schedule, and nothing else, is ended without log-in."""
    return signing.dumps(schedule.pk, salt=STOP_SALT)


def read_stop(token: str) -> Schedule:
    """The schedule whose mail held the link; Refused where it is none of ours. Such a link never grows old."""
    try:
        found = Schedule.objects.select_related("view").filter(pk=signing.loads(token, salt=STOP_SALT)).first()
    except signing.BadSignature:
        found = None
    if found is None:
        raise Refused("this link leads to nothing that is sent", mend="copy it whole from the mail")
    return found
