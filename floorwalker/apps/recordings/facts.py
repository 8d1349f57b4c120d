"""What do recordings contribute to the lake? Nothing; but a customer who is forgotten leaves them, by her contacts."""

from __future__ import annotations

from floorwalker.apps.recordings.forgetting import count_contacts, forget_contacts

__all__ = ["count_contacts", "forget_contacts"]
