"""Is a standard published only when it is SMART and those whom it concerns were asked, and what follows then?"""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from floorwalker.apps.people.models import AuditEntry
from floorwalker.apps.standards.consulting import answer_remark, open_consultation, remark
from floorwalker.apps.standards.drafting import At, amend_draft, draft_next, drop_draft
from floorwalker.apps.standards.models import Amendment, Remark, StandardVersion, State, Target
from floorwalker.apps.standards.publishing import note_change, publish_standard, set_check, withdraw_standard
from floorwalker.errors import Refused
from floorwalker.insight import attainable
from tests.apps.conftest import NOW, Floor
from tests.apps.standards.made import EARLIER, ONE_DAY, TODAY, a_draft, consulted, published_standard, said

AT = datetime.combine(TODAY, NOW.timetz())
WHY = "It is what we owe."


def publish(version: StandardVersion, floor: Floor, despite: str = WHY) -> StandardVersion:
    return publish_standard(version, despite=despite, by=floor.users["boss"], at=AT)


def test_nobody_is_held_to_what_was_not_talked_about(floor: Floor) -> None:
    boss, version = floor.users["boss"], a_draft(floor)
    with pytest.raises(Refused, match="were not asked"):
        publish(version, floor)
    open_consultation(version, until=TODAY, by=boss, at=EARLIER)
    with pytest.raises(Refused, match="still being asked"):
        publish(version, floor)


def test_a_comment_is_answered_before_it_is_decided_and_the_record_stays(floor: Floor) -> None:
    boss, mate = floor.users["boss"], floor.users["mate"]
    version = a_draft(floor)
    with pytest.raises(Refused, match="nothing is said to this version now"):
        remark(version, "comment", "Too early", by=mate, at=EARLIER)
    consulted(version, boss)
    said_to_it = remark(version, "proposal", "Let us try it for a month first.", by=mate, at=EARLIER)
    with pytest.raises(Refused, match="those whom a standard concerns"):
        remark(version, "comment", "Not mine", by=floor.users["other_leader"], at=EARLIER)
    with pytest.raises(Refused, match="each comment is answered"):
        publish(version, floor)
    with pytest.raises(Refused, match="kept by others"):
        answer_remark(said_to_it, "No", "not_taken", by=mate, at=EARLIER)
    answer_remark(said_to_it, "It is looked at again in half a year.", "partly", by=boss, at=AT)
    with pytest.raises(Refused, match="answered already"):
        answer_remark(said_to_it, "Yes", "taken", by=boss, at=AT)
    publish(version, floor)
    page = floor.client("mate").get(f"/standards/{version.standard_id}/").content.decode()
    assert "Let us try it for a month first." in page and "It is looked at again in half a year." in page
    assert "Let us try" not in str(list(AuditEntry.objects.values_list("detail", flat=True)))


def test_what_a_form_sends_twice_is_said_once(floor: Floor) -> None:
    boss, mate = floor.users["boss"], floor.users["mate"]
    version = consulted(a_draft(floor), boss)
    first, again = (remark(version, "comment", "Too long", by=mate, at=EARLIER) for _twice in range(2))
    assert first == again and remark(version, "proposal", "Too long", by=mate, at=EARLIER) != first
    for _twice in range(2):
        note_change(version.standard, "Nobody knew it", "It hangs on the wall", on=EARLIER.date(), by=boss, at=EARLIER)
    assert version.standard.changes.count() == 1
    asks = {"do": "ask", "asks": "What is said?", "right": "to whom, and why", "others": "nothing"}
    page = f"/standards/{version.standard_id}/publish/"
    assert [floor.client("boss").post(page, asks | {"explains": said}).status_code for said in ("", "Twice")] == [
        302,
        302,
    ]
    assert [one.explains for one in version.questions.all()] == ["Twice"]


def test_whoever_was_asked_reads_what_the_draft_said_before(floor: Floor) -> None:
    boss, place = floor.users["boss"], At(team=floor.teams[0])
    version = consulted(a_draft(floor), boss)
    given = {"place": place, "owner": boss, "aim": version.standard.aim, "by": boss, "at": AT}
    with pytest.raises(Refused, match="is told why the draft changed"):
        amend_draft(version, said(wording="Nobody is passed on unasked."), **given)
    amend_draft(version, said(wording="Nobody is passed on unasked."), because="Two of you found it too long.", **given)
    kept = Amendment.objects.get()
    assert kept.was == {"wording": "Nobody is passed on without hearing why, and to whom."}
    page = floor.client("agent").get(f"/standards/{version.standard_id}/consultation/").content.decode()
    assert "Two of you found it too long." in page and kept.was["wording"] in page


def test_whoever_acts_on_what_somebody_has_changed_meanwhile_changes_nothing_back(floor: Floor) -> None:
    """Two requests that read the same draft act one after the other, as a form that is sent twice does."""
    boss, version = floor.users["boss"], consulted(a_draft(floor), floor.users["boss"])
    first_said = remark(version, "comment", "Too long", by=floor.users["mate"], at=EARLIER)
    again, answered, stale = (StandardVersion.objects.get(pk=version.pk), Remark.objects.get(), first_said)
    answer_remark(answered, "It is shorter now.", "taken", by=boss, at=AT)
    with pytest.raises(Refused, match="answered already"):
        answer_remark(stale, "No", "not_taken", by=boss, at=AT)
    targets = Target.objects.count()
    publish(version, floor)
    with pytest.raises(Refused, match="not a draft any more"):
        publish(again, floor)
    for act in (
        lambda old: amend_draft(
            old, said(title="Other words"), place=At(team=floor.teams[0]), owner=boss, by=boss, at=AT
        ),
        lambda old: open_consultation(old, until=TODAY + ONE_DAY, by=boss, at=AT),
        lambda old: drop_draft(old, by=boss, at=AT),
        lambda old: set_check(old, [], by=boss, at=AT),
    ):
        old = StandardVersion.objects.get(pk=version.pk)
        old.state = State.CONSULTING  # as it was when it was read
        with pytest.raises(Refused, match="not a draft any more"):
            act(old)
    now = StandardVersion.objects.get()
    assert now.is_published and now.askings.count() == 1 and Target.objects.count() == targets + 1


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ({"measure": "average_handle_time", "value": None, "low": 100.0, "high": 500.0}, "at the customer's cost"),
        ({"from_day": TODAY - ONE_DAY}, "nobody is held to what was not said"),
        ({"review_on": TODAY + 800 * ONE_DAY}, "within two years"),
    ],
)
def test_what_is_not_smart_is_refused_with_what_is_missing(floor: Floor, more: dict[str, object], found: str) -> None:
    version = consulted(a_draft(floor, **more), floor.users["boss"])
    with pytest.raises(Refused, match="not SMART yet") as refused:
        publish(version, floor)
    assert found in str(refused.value)


def test_a_target_of_time_comes_with_its_counter_measure(floor: Floor) -> None:
    band = {"measure": "average_handle_time", "value": None, "low": 1.0, "high": 9000.0}
    version = consulted(a_draft(floor, **band), floor.users["boss"])
    Target.objects.create(measure="first_contact_resolution", value=0.7, team=floor.branch)
    publish(version, floor)
    assert version.despite == "", "nothing warned, so no reason is kept"
    assert version.target is not None and version.target.place == ("team", floor.teams[0].pk)


def test_what_nobody_reached_yet_is_published_only_with_a_reason(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    # The small centre has two weeks of calls.
    monkeypatch.setattr(attainable, "FEWEST_WEEKS", 2)
    version = consulted(a_draft(floor, value=0.0001), floor.users["boss"])
    assert 'name="despite"' in floor.client("boss").get(f"/standards/{version.standard_id}/publish/").content.decode()
    with pytest.raises(Refused, match="not reached yet") as refused:
        publish(version, floor, "")
    assert "Here it was reached in 0 of the last" in str(refused.value)
    assert publish(version, floor, "A new telephone system passes calls on by itself.").despite
    read = floor.client("mate").get(f"/standards/{version.standard_id}/").content.decode()
    assert "It asks for what few or none have reached" in read and "A new telephone system passes calls" in read


def test_publishing_sets_the_target_and_the_next_version_takes_over(floor: Floor) -> None:
    boss = floor.users["boss"]
    first = publish(consulted(a_draft(floor), boss), floor)
    assert first.target is not None
    assert (first.target.value, first.target.team, first.target.from_day) == (0.4, floor.teams[0], TODAY)
    following = draft_next(first.standard, by=boss, at=EARLIER)
    with pytest.raises(Refused, match="a draft already"):
        draft_next(first.standard, by=boss, at=EARLIER)
    with pytest.raises(Refused, match="not a draft any more"):
        amend_draft(first, said(), place=At(team=floor.teams[0]), owner=boss, by=boss, at=AT)
    later = TODAY + 10 * ONE_DAY
    words = said(value=0.3, from_day=later, changed_because="The first one is met.")
    amend_draft(
        following, words, place=At(team=floor.teams[0]), owner=boss, aim=first.standard.aim, by=boss, at=EARLIER
    )
    publish(consulted(following, boss), floor)
    first.refresh_from_db()
    assert first.to_day == later and first.counts_on(TODAY) and not first.counts_on(later)
    first.target.refresh_from_db()
    assert (first.target.to_day, following.target.value) == (later, 0.3)  # type: ignore[union-attr]
    page = floor.client("leader").get(f"/standards/{first.standard_id}/").content.decode()
    assert "The first one is met." in page and "Version 1" in page


def test_a_withdrawn_standard_ends_with_its_target_and_stays_readable(floor: Floor) -> None:
    boss = floor.users["boss"]
    version = publish(consulted(a_draft(floor), boss), floor)
    on = TODAY + 5 * ONE_DAY
    withdraw_standard(version.standard, on=on, by=boss, at=AT)
    version.refresh_from_db()
    assert version.to_day == on and version.target is not None and version.target.to_day == on
    assert floor.client("leader").get(f"/standards/{version.standard_id}/").status_code == 200


def test_only_whoever_sets_targets_there_publishes(floor: Floor) -> None:
    version = consulted(a_draft(floor), floor.users["boss"])
    version.standard.owner = floor.users["leader"]
    version.standard.save()
    with pytest.raises(Refused, match="may not publish standards there"):
        publish_standard(version, despite=WHY, by=floor.users["leader"], at=AT)
    leader = floor.client("leader")
    assert leader.get(f"/standards/{version.standard_id}/publish/").status_code == 200
    assert leader.post(f"/standards/{version.standard_id}/publish/", {"do": "publish"}).status_code == 422
    version.refresh_from_db()
    assert version.state == State.CONSULTING


def test_what_was_changed_because_of_it_stands_on_its_page(floor: Floor) -> None:
    version = published_standard(floor)
    note_change(
        version.standard,
        "Most were passed to billing",
        "Billing answers itself",
        on=TODAY,
        by=floor.users["boss"],
        at=AT,
    )
    with pytest.raises(Refused, match="lies in the past"):
        note_change(version.standard, "a", "b", on=TODAY + ONE_DAY, by=floor.users["boss"], at=AT)
    page = floor.client("agent").get(f"/standards/{version.standard_id}/").content.decode()
    assert "Most were passed to billing" in page and "Billing answers itself" in page


def test_how_it_is_met_is_told_with_uncertainty_and_only_to_whom_it_may_be(floor: Floor) -> None:
    version = published_standard(floor)
    leader = floor.client("leader").get(f"/standards/{version.standard_id}/").content.decode()
    assert "likely" in leader and "team Avocet: Transfer rate" in leader
    agent = floor.client("agent").get(f"/standards/{version.standard_id}/").content.decode()
    assert ">You<" in agent and "team Avocet: Transfer rate" not in agent
    admin = floor.client("admin").get(f"/standards/{version.standard_id}/").content.decode()
    assert "Your role shows no figures of this place." in admin and "likely" not in admin


def test_it_is_found_by_its_client_and_its_law(floor: Floor) -> None:
    version = published_standard(floor, client="Northmoor Water", basis="Consumer Duty, PRIN 2A")
    leader = floor.client("leader")
    for words in ("northmoor", "Duty PRIN", "why passed"):
        assert version.title in leader.get("/standards/", {"q": words}).content.decode(), words
    assert version.title in leader.get("/search/", {"q": "northmoor"}).content.decode()
    assert version.title not in floor.client("other_leader").get("/search/", {"q": "northmoor"}).content.decode()
    assert version.title not in leader.get("/standards/", {"q": "northmoor electricity"}).content.decode()
    assert "Northmoor" not in floor.client("other_leader").get("/standards/", {"q": "northmoor"}).content.decode()


def test_the_pages_draft_ask_answer_and_publish(floor: Floor) -> None:
    boss, agent = floor.client("boss"), floor.client("agent")
    a_draft(floor)  # its aim
    given = {
        "title": "Say your name",
        "wording": "Everybody says a name first.",
        "why": "Customers ask for it.",
        "place": f"team:{floor.teams[0].pk}",
        "owner": floor.users["boss"].pk,
        "behaviour": "A name within ten seconds",
        "aim": StandardVersion.objects.get().standard.aim_id,
        "from_day": TODAY.isoformat(),
        "review_on": (TODAY + 100 * ONE_DAY).isoformat(),
    }
    wrong = boss.post("/standards/new/", given | {"behaviour": "", "value": "5"})
    assert "---" not in wrong.content.decode()  # no aim is said in a word, as no measure is
    assert wrong.status_code == 422 and "Name the measure that is held against this." in wrong.content.decode()
    assert boss.post("/standards/new/", given).status_code == 302
    version = StandardVersion.objects.get(title="Say your name")
    page = f"/standards/{version.standard_id}/consultation/"
    assert agent.get(page).status_code == 404
    assert boss.post(page, {"do": "open", "until": (TODAY + ONE_DAY).isoformat()}).status_code == 302
    assert "Say your name" in agent.get("/").content.decode()
    assert agent.post(page, {"kind": "comment", "text": "In Welsh too?"}).status_code == 302
    waiting = Remark.objects.get(version=version)
    assert agent.get(f"/standards/remarks/{waiting.pk}/").status_code == 404
    assert "waits for your answer" in boss.get("/").content.decode()
    assert boss.post(f"/standards/remarks/{waiting.pk}/", {"outcome": "taken", "answer": "Yes."}).status_code == 302
    asked = {"do": "ask", "asks": "When is a name said?", "right": "first", "others": "last\nnever"}
    assert boss.post(f"/standards/{version.standard_id}/publish/", asked).status_code == 302
    StandardVersion.objects.filter(pk=version.pk).update(consulted_until=TODAY - timedelta(days=1))
    assert boss.post(f"/standards/{version.standard_id}/publish/", {"do": "publish"}).status_code == 302
    version.refresh_from_db()
    assert (
        version.is_published
        and version.target is None
        and version.questions.get().options == ["first", "last", "never"]
    )


def test_nothing_that_somebody_else_wrote_meanwhile_is_taken_back(floor: Floor) -> None:
    version, boss = a_draft(floor), floor.client("boss")
    address = f"/standards/{version.standard_id}/draft/"
    page = boss.get(address)
    given = {name: page.context["form"].initial.get(name) for name in page.context["form"].fields}
    first = {
        name: value for name, value in given.items() if value is not None and name not in ("concerns", "aim", "owner")
    }
    first |= {"aim": version.standard.aim_id, "owner": version.standard.owner_id}
    assert boss.post(address, first | {"title": "Mine"}).status_code == 302
    late = floor.client("admin").post(address, first | {"title": "Hers"})
    assert late.status_code == 422 and "somebody else changed this draft meanwhile" in late.content.decode()
    version.refresh_from_db()
    assert version.title == "Mine"


def test_what_was_amended_after_it_was_asked_about_says_so_or_is_asked_about_again(floor: Floor) -> None:
    boss, place = floor.users["boss"], At(team=floor.teams[0])
    version = consulted(a_draft(floor), boss)
    given = {"place": place, "owner": boss, "aim": version.standard.aim, "by": boss}
    shorter, asked_until = said(wording="Nobody is passed on unasked."), version.consulted_until
    assert asked_until is not None
    amend_draft(version, shorter, because="Two found it too long.", **given, at=EARLIER)
    assert not version.changed_unseen, "whoever was asked could read it"
    amend_draft(version, said(wording="Ask first."), because="Shorter still.", **given, at=EARLIER + 3 * ONE_DAY)
    with pytest.raises(Refused, match="changed after those whom it concerns were asked"):
        publish(version, floor)
    client, address = floor.client("boss"), f"/standards/{version.standard_id}/"
    for page in ("consultation", "publish"):
        told = client.get(f"{address}{page}/").content.decode()
        assert "they have not seen its last words" in told and "Ask them again" in told
    # Asked again it is as if it had been asked about at once; the words of the reason are kept for nothing.
    open_consultation(version, until=TODAY + ONE_DAY, by=boss, at=AT)
    assert not version.changed_unseen
    StandardVersion.objects.filter(pk=version.pk).update(consulted_until=asked_until)
    refused = client.post(f"{address}publish/", {"do": "publish", "despite": WHY, "unseen": ""})
    assert refused.status_code == 422 and 'name="unseen"' in refused.content.decode()
    assert 'name="despite"' not in refused.content.decode(), "nothing warns: there is no why all the same"
    reason = "Only the order of the words changed."
    assert client.post(f"{address}publish/", {"do": "publish", "despite": WHY, "unseen": reason}).status_code == 302
    assert reason in floor.client("mate").get(address).content.decode()
    assert StandardVersion.objects.get().despite == ""
    assert draft_next(version.standard, by=boss, at=AT).unseen == ""
