"""Does a form read well to eye and ear? Choices in a group, a box beside its words, hints and errors read with their field."""

from __future__ import annotations

import re

import pytest
from django import forms
from django.template.loader import render_to_string


class Asked(forms.Form):
    """One field of each sort."""

    words = forms.CharField(label="Words", help_text="A few.")
    several = forms.MultipleChoiceField(
        label="Several", choices=[("a", "One"), ("b", "Two")], widget=forms.CheckboxSelectMultiple, help_text="Or none."
    )
    alone = forms.BooleanField(label="With my name", help_text="Where it is mine.")


def drawn(form: forms.Form, **context: object) -> str:
    """The fields, and above them what is wrong."""
    return render_to_string("ui/_problems.html", {"form": form}) + render_to_string(
        "ui/_fields.html", {"form": form, **context}
    )


def ids(page: str) -> set[str]:
    """Every id of a page; none stands there twice."""
    found = re.findall(r'\bid="([^"]+)"', page)
    assert len(found) == len(set(found))
    return set(found)


@pytest.mark.parametrize("form", [Asked(), Asked({})])
def test_what_describes_a_field_and_what_leads_to_it_is_there(form: forms.Form) -> None:
    """A hint that nobody's screen reader finds, or a link that leads to the top of the page, helps nobody."""
    page = drawn(form)
    described = {one for found in re.findall(r'aria-describedby="([^"]+)"', page) for one in found.split()}
    led_to = set(re.findall(r'href="#([^"]*)"', page))
    assert {"id_words_helptext", "id_several_helptext", "id_alone_helptext"} <= described
    assert described | led_to <= ids(page)
    assert led_to == ({"id_words", "id_several", "id_alone"} if form.is_bound else set())


def test_choices_stand_in_a_group_and_a_box_before_its_words() -> None:
    """Each box has its own words beside it; the group has a name."""
    page = drawn(Asked())
    group = page[page.index("<fieldset") : page.index("</fieldset>")]
    assert "<legend>Several</legend>" in group
    assert re.findall(
        r'<div class="inline"><input type="checkbox".*?><label for="id_several_\d">(\w+)</label>', group
    ) == ["One", "Two"]
    assert re.search(
        r'<div class="inline"><input type="checkbox" name="alone".*?><label for="id_alone">With my name</label>', page
    )


def test_a_group_without_choices_says_why() -> None:
    """Where the page knows a reason, it stands where the choices would."""
    form = Asked()
    form.fields["several"].choices = []  # type: ignore[attr-defined]
    assert "Choose a team first." in drawn(form, nothing="Choose a team first.")
    assert "Choose a team first." not in drawn(form)
