"""What of feedback, coaching and objectives can programs ask for and change?"""

from ninja import Router

from floorwalker.apps.coaching.api import feedback, objectives, sessions, training

ROUTERS: dict[str, list[Router]] = {"coaching": [sessions.router, feedback.router, objectives.router, training.router]}
