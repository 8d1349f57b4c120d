"""At which addresses do the notices lie?"""

from django.urls import path

from floorwalker.apps.notices.views import hooks, notices, reminders, tokens

urlpatterns = [
    path("notices/", notices.notices, name="notices"),
    path("notices/<int:notice_id>/read/", notices.read_notice, name="read_notice"),
    path("notices/reminders/", reminders.reminders, name="reminders"),
    path("tokens/", tokens.tokens, name="tokens"),
    path("tokens/<int:token_id>/end/", tokens.end, name="end_token"),
    path("webhooks/", hooks.hooks, name="hooks"),
    path("webhooks/<int:hook_id>/", hooks.hook, name="hook"),
    path("webhooks/<int:hook_id>/change/", hooks.change_hook, name="change_hook"),
]
