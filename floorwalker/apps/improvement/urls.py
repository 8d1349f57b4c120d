"""At which addresses lie the improvement cycles?"""

from django.urls import path

from floorwalker.apps.improvement.views import cycles, opening, planning, reviewing

urlpatterns = [
    path("improvement/", cycles.cycles, name="cycles"),
    path("improvement/new/", opening.new_cycle, name="new_cycle"),
    path("improvement/<int:cycle_id>/", cycles.cycle, name="cycle"),
    path("improvement/<int:cycle_id>/plan/", planning.plan, name="plan_cycle"),
    path("improvement/<int:cycle_id>/teams/", planning.draw_teams, name="draw_teams"),
    path("improvement/<int:cycle_id>/people/", planning.draw_people, name="draw_people"),
    path("improvement/<int:cycle_id>/log/", reviewing.cycle_log, name="cycle_log"),
    path("improvement/<int:cycle_id>/reviews/<int:week>/", reviewing.review_cycle, name="review_cycle"),
    path("improvement/<int:cycle_id>/decide/", reviewing.decide, name="decide_cycle"),
]
