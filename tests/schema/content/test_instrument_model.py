"""The model of a bedömningsmall: what a section hands down, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from schema.content.instrument import CountsTowards, Instrument
from schema.words import SectionCode

LEVELS = [{"value": 1, "label": "lite"}, {"value": 2, "label": "mycket"}]
SCALE = {"id": "s", "title": "S", "question": "Hur?", "source": "egen", "levels": LEVELS}
OTHER = SCALE | {"id": "tio", "levels": [{"value": n, "label": str(n)} for n in range(10)]}


def instrument(*sections: dict[str, Any], **more: Any) -> Instrument:
    return Instrument.model_validate(
        {
            "kind": "instrument",
            "id": "prov",
            "version": "1",
            "title": "Prov",
            "short_title": "prov",
            "category": "observation",
            "purpose": "",
            "wording": "egna ord",
            "source": "påhittad",
            "assessor": {"label": "vem som helst"},
            "scales": [SCALE],
            "sections": list(sections),
        }
        | more
    )


def section(*items: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"id": "del", "title": "Del", "items": list(items)} | more


def item(id: str = "a", **more: Any) -> dict[str, Any]:
    return {"id": id, "label": id.upper()} | more


def refused(code: str, *sections: dict[str, Any], **more: Any) -> None:
    with pytest.raises(ValidationError) as caught:
        instrument(*sections, **more)
    assert code in {error["type"] for error in caught.value.errors()}


def test_what_stands_on_the_section_holds_for_its_items_unless_they_say_otherwise() -> None:
    made = instrument(
        section(item("a"), item("b", own_rating=False), scale="s", own_rating=True, default=2)
    )
    a, b = made.items()
    assert (a.scale, a.own_rating, a.default) == ("s", True, 2)
    assert (b.scale, b.own_rating, b.default) == ("s", False, 2)


def test_a_text_among_scales_inherits_neither_scale_nor_default() -> None:
    made = instrument(section(item("a"), item("t", type="text"), scale="s", default=2))
    text = made.item("t")
    assert text is not None
    assert (text.scale, text.default) == (None, None)


def test_a_choice_may_have_its_answers_on_the_section() -> None:
    answers = [{"id": "ja", "label": "ja"}, {"id": "nej", "label": "nej"}]
    made = instrument(section(item("a"), item("b"), type="choice", choices=answers))
    assert [[choice.id for choice in one.choices] for one in made.items()] == [["ja", "nej"]] * 2


def test_a_scale_must_be_one_of_the_files() -> None:
    refused("unknown_scale", section(item(scale="finns-inte")))
    refused("needs_scale", section(item()))
    refused("key_not_for_type", section(item(type="text", scale="s")))


@pytest.mark.parametrize("default", [0, 3, "a"])
def test_a_default_must_be_an_answer(default: object) -> None:
    refused("default_no_answer", section(item(scale="s", default=default)))


def test_a_default_of_a_choice_is_one_of_its_answers() -> None:
    answers = [{"id": "ja", "label": "ja"}, {"id": "nej", "label": "nej"}]
    made = instrument(section(item(type="choice", choices=answers, default="ja")))
    assert next(made.items()).default == "ja"
    refused("default_no_answer", section(item(type="choice", choices=answers, default="kanske")))


def test_item_ids_are_unique_over_the_whole_form() -> None:
    refused(
        "repeated_id",
        section(item("a", scale="s")),
        context=[item("a", type="text")],
    )


def test_section_and_scale_ids_are_unique() -> None:
    two = section(item("a", scale="s")), section(item("b", scale="s"))
    refused("repeated_id", *two)
    refused("repeated_id", section(item("a", scale="s")), scales=[SCALE, SCALE])


def test_levels_rise_and_are_one_digit() -> None:
    refused(
        "levels_not_rising", section(item(scale="s")), scales=[SCALE | {"levels": LEVELS[::-1]}]
    )
    ten = [{"value": 1, "label": "a"}, {"value": 10, "label": "b"}]
    refused("less_than_equal", section(item(scale="s")), scales=[SCALE | {"levels": ten}])


def test_a_variant_swaps_only_the_first_scale() -> None:
    made = instrument(
        section(item("a", scale="s"), item("b", scale="tio")),
        scales=[SCALE, OTHER],
        variants=[{"id": "v", "label": "0–9", "scale": "tio"}],
    )
    a, b = made.items()
    swapped, kept = made.scale_of(a, "v"), made.scale_of(b)
    assert swapped is not None
    assert kept is not None
    assert (swapped.id, kept.id) == ("tio", "tio")
    with pytest.raises(KeyError):
        made.scale_of(a, "finns-inte")


def test_a_variant_needs_a_scale_of_the_file_and_an_id_of_its_own() -> None:
    one = {"id": "v", "label": "v", "scale": "s"}
    refused("unknown_scale", section(item(scale="s")), variants=[one | {"scale": "x"}])
    refused("repeated_id", section(item(scale="s")), variants=[one, one])


def test_a_check_points_at_an_item_that_is_there_and_an_answer_it_has() -> None:
    check = {"id": "k", "label": "K", "fact": "item", "source": "s"}
    form = section(item(scale="s"))
    refused("unknown_item", form, checks=[check | {"item": "x"}])
    refused("check_item", form, checks=[check])
    refused("check_item", form, checks=[check | {"fact": "trainee_name", "item": "a"}])
    refused("default_no_answer", form, checks=[check | {"item": "a", "answer": "ja"}])


@pytest.mark.parametrize(
    "wrong",
    [
        {"type": "text", "choices": [{"id": "a", "label": "a"}, {"id": "b", "label": "b"}]},
        {"type": "text", "unit": "min"},
        {"type": "date", "minimum": 1},
        {"type": "number", "suggestions": ["ett"]},
        {"type": "text", "several": True},
    ],
)
def test_a_key_that_is_not_for_the_type_is_refused(wrong: dict[str, Any]) -> None:
    refused("key_not_for_type", section(item(**wrong)))


def test_a_choice_needs_two_answers_and_a_range_its_order() -> None:
    refused("needs_choices", section(item(type="choice", choices=[{"id": "a", "label": "a"}])))
    refused("minimum_above_maximum", section(item(type="number", minimum=2, maximum=1)))
    refused("too_many_asked", section(item(scale="s"), at_least=2))


@pytest.mark.parametrize(
    "wrong", [{"minutes": "20"}, {"official": "nej"}, {"minutes": True}, {"results_from": 0}]
)
def test_numbers_and_truths_are_not_guessed_from_text(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        instrument(section(item(scale="s")), **wrong)


@pytest.mark.parametrize(
    ("goals", "goal", "counts"),
    [
        ((), "5:2:4", True),
        (("5",), "5:2:4", True),
        (("5:2",), "5:2:4", True),
        (("5:2",), "5:22:4", False),
        (("5:2:4",), "5:2:4", True),
        (("5:2:4",), "5:2:40", False),
        (("3",), "5:2:4", False),
    ],
)
def test_which_goals_a_form_can_count_towards(
    goals: tuple[str, ...], goal: str, counts: bool
) -> None:
    rule = CountsTowards(sections=(SectionCode.PSYKIATRI,), goals=goals)
    assert rule.reaches(goal, SectionCode.PSYKIATRI) is counts
    assert not rule.reaches(goal, SectionCode.INVARTES)


def test_a_comment_is_kept_under_a_key_that_no_item_can_have() -> None:
    made = instrument(section(item("a", scale="s", comment=True)))
    assert next(made.items()).comment_key == "a:comment"
    with pytest.raises(ValidationError):
        instrument(section(item("a:comment", scale="s")))
