"""How does Django know the surveys context?"""

from django.apps import AppConfig


class Surveys(AppConfig):
    """What is asked of customers after a contact, whom, and what they answer."""

    name = "floorwalker.apps.surveys"
    label = "surveys"
