"""Do home pages say how many customers were asked about those whom their reader may see, and nothing where nobody was?"""

from __future__ import annotations

from django.utils import timezone

from floorwalker.apps.surveys.models import Invitation
from tests.apps.surveys.conftest import Asking, handled_calls


def test_homes_tell_of_those_whom_the_reader_may_see(asking: Asking) -> None:
    def home(who: str) -> str:
        return str(asking.floor.client(who).get("/").content.decode())

    assert "asked by our own surveys" not in home("boss")
    asking.invite(list(handled_calls()[:6]))
    Invitation.objects.sent().update(sent_at=timezone.now())
    assert "In the last four weeks 6 customers were asked by our own surveys. 0 have answered." in home("boss")
    led = Invitation.objects.visible_to(asking.floor.users["leader"], timezone.now().date()).count()
    assert 0 < led < 6
    assert f"four weeks {led} customer" in home("leader")
    assert "asked by our own surveys" not in home("admin")
