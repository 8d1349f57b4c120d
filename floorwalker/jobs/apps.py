"""How does what people change reach the lake? Where Django starts, publishing and rolling up are made known to the contexts."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class Jobs(AppConfig):
    """What is composed from several contexts."""

    name = "floorwalker.jobs"
    label = "jobs"

    def ready(self) -> None:
        """Publish dimensions whenever an action that changes one commits; roll up what is read again; tell webhooks; let
        evaluations follow the names of agents; say by which address somebody is known, whose marks on recordings are
        kept from whoever judges alone, which recorded contacts were evaluated, which ones a session opens, and what each context keeps
        of a person."""
        from floorwalker.apps.dashboards.mailing import agents_at_address
        from floorwalker.apps.evaluations.blindness import marks_kept_from
        from floorwalker.apps.evaluations.following import follow_names
        from floorwalker.apps.evaluations.heard import evaluations_of_contacts, keys_of_evaluated
        from floorwalker.apps.evaluations.sighting import contacts_seen, seen_for
        from floorwalker.apps.intake.tasks import after_merge
        from floorwalker.apps.notices.tasks import tell
        from floorwalker.apps.people.acting import publishers, record_publishers
        from floorwalker.apps.people.audit import listeners
        from floorwalker.apps.people.disclosing import tables
        from floorwalker.apps.people.models.accounts import same_person
        from floorwalker.apps.recordings.actions import reasons
        from floorwalker.apps.recordings.blindness import keepers
        from floorwalker.apps.recordings.judging import known_keys, readers
        from floorwalker.apps.recordings.models.files import openers
        from floorwalker.jobs.publish import publish_committed
        from floorwalker.jobs.rolling import roll_up_load
        from floorwalker.jobs.tasks import order_records

        publishers[:] = [publish_committed]
        record_publishers[:] = [order_records]
        after_merge[:] = [roll_up_load]
        listeners[:] = [tell, follow_names]
        keepers[:] = [marks_kept_from]
        known_keys[:], readers[:] = [keys_of_evaluated], [evaluations_of_contacts]
        openers[:] = [contacts_seen]
        reasons[:] = [seen_for]
        same_person[:] = [agents_at_address]
        contexts = "people notices recordings standards evaluations surveys coaching improvement huddles dashboards"
        offers = (import_module(f"floorwalker.apps.{name}.kept") for name in contexts.split())
        tables[:] = [table for offer in offers for table in offer.TABLES]
