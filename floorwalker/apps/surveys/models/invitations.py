"""Who could be asked, who was drawn and why, and about whose part of which contact? The log by which every choice is proved.

Every contact that was handed in is a row, also those that were not chosen. The customer's address is sealed, and is there
only as long as something may still be sent to it.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.people.models import KEY_BYTES, Agent, Identity, Site, User
from floorwalker.apps.surveys.models.instruments import SurveyVersion
from floorwalker.apps.surveys.models.plans import Plan

if TYPE_CHECKING:
    from datetime import date

DIGEST_BYTES = 32


class Fate(models.TextChoices):
    """What came of a contact that was handed in."""

    WAITING = "waiting", _("its contact is not known yet, or not over")
    UNKNOWN = "unknown", _("its contact never became known")
    NOT_MEANT = "not_meant", _("outside the plan: nobody handled it, or other channels or queues")
    RESTING = "resting", _("the customer was asked a short time ago")
    DECLINED = "declined", _("the customer does not want to be asked")
    NOT_DRAWN = "not_drawn", _("not drawn")
    DRAWN = "drawn", _("drawn, to be sent")
    SENT = "sent", _("sent")
    UNSENT = "unsent", _("drawn, and could not be sent")


class Delivery(models.TextChoices):
    """How the link reaches the customer."""

    MAIL = "mail", _("by mail from here")
    LINK = "link", _("by the centre's own system, which asks for the link")


class Batch(models.Model):
    """One list of contacts that was handed in. seed: made here after the list had arrived, so that nobody could fit the list to it."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="batches")
    source = models.CharField(max_length=60)
    origin = models.CharField(max_length=120)
    received_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField()
    seed = models.CharField(max_length=64)
    known_already = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-pk"]


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Invitations, and contacts for which none was sent."""

    def sent(self) -> Self:
        """Those that left."""
        return self.filter(fate=Fate.SENT)

    def answered(self) -> Self:
        """Those of which at least one question was answered."""
        return self.exclude(answered_at=None)

    def due(self, at: datetime, delivery: Delivery) -> Self:
        """Those that should be sent now in that way."""
        return self.filter(fate=Fate.DRAWN, delivery=delivery, send_after__lte=at).order_by("send_after", "pk")

    def visible_to(self, user: User, on: date) -> Self:
        """Those about agents whose figures the user may see on that day; without an agent, for whoever sees everybody."""
        if user.scope_on(on).everything:
            return self.all()
        seen = Identity.objects.filter(agent__in=Agent.objects.visible_to(user, on))
        return self.filter(identity_key__in=seen.values("key"))


class Invitation(models.Model):
    """One contact that was handed in, what was decided about it, and, once sent, whom and what the answer is about.

    named_key, chain_key: the keys that the id in the list has as that of a contact, and as that of a call with several;
    drawn_number, share: the contact was drawn because the number, which follows from the batch's seed and the contact, lies
    below the share; share is also its probability of being drawn. The columns from `contact_key` on are fixed when it is
    sent and stay, whatever loads and moves say later.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="invitations")
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="invitations")
    named_key = models.BinaryField(max_length=KEY_BYTES)
    chain_key = models.BinaryField(max_length=KEY_BYTES)
    fate = models.CharField(max_length=10, choices=Fate.choices, default=Fate.WAITING)
    decided_at = models.DateTimeField(null=True)
    drawn_number = models.FloatField(null=True)
    share = models.FloatField(null=True)

    delivery = models.CharField(max_length=10, choices=Delivery.choices, default=Delivery.MAIL)
    # Sealed; nothing once it was sent, or will not be. Of one that another system delivers, the id by which that knows it.
    address = models.TextField(blank=True)
    address_key = models.BinaryField(max_length=KEY_BYTES, null=True)
    customer_key = models.BinaryField(max_length=KEY_BYTES, null=True)
    language = models.CharField(max_length=10)
    send_after = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    token_digest = models.BinaryField(max_length=DIGEST_BYTES, null=True, unique=True)
    sent_at = models.DateTimeField(null=True)
    closes_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField(null=True)

    version = models.ForeignKey(SurveyVersion, on_delete=models.PROTECT, null=True, related_name="invitations")
    contact_key = models.BinaryField(max_length=KEY_BYTES, null=True)
    identity_key = models.BinaryField(max_length=KEY_BYTES, null=True)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, related_name="+")
    queue_key = models.BinaryField(max_length=KEY_BYTES, null=True)
    channel = models.CharField(max_length=20, blank=True)
    direction = models.CharField(max_length=20, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    contact_at = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["fate", "send_after"], name="invitation_fate"),
            models.Index(fields=["customer_key", "sent_at"], name="invitation_customer"),
            models.Index(fields=["address_key", "sent_at"], name="invitation_address"),
            models.Index(fields=["plan", "-id"], name="invitation_of_plan"),
        ]
        constraints = [models.UniqueConstraint(fields=["plan", "named_key"], name="one_choice_a_contact_of_a_plan")]

    def __str__(self) -> str:
        return f"{self.plan}, {self.pk}"

    @property
    def key_shown(self) -> str:
        """The key of what was named, in hexadecimal digits, as the draw is repeated with it."""
        return bytes(self.named_key).hex()

    def is_open(self, at: datetime) -> bool:
        """Whether it can still be answered, and its answers changed."""
        return self.fate == Fate.SENT and self.closes_at is not None and at < self.closes_at


class NoMore(models.Model):
    """A customer who does not want to be asked again; known by the keyed hash of the address alone."""

    address_key = models.BinaryField(max_length=KEY_BYTES, unique=True)
    at = models.DateTimeField()
