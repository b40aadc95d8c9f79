"""A style sheet that remembers what it found for a widget of one kind in one place.

Textual goes through all rules for every widget of a page that opens, and for every part of it that
has a style of its own: a third of the time that a form takes to open (137 times for that of a
session). What it finds depends on the rules and on the way from the application to the widget
alone, so the second widget in such a place takes over what the first one got.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from textual.css.model import RuleSet, SelectorType
from textual.css.styles import RulesMap
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode

MOST_PLACES = 5000
"""Places remembered before all are forgotten: some thirty pages, 1 kB each."""

Place = tuple[tuple[type[DOMNode], str | None, frozenset[str], tuple[str, ...]], ...]
"""From the application to a widget: kind, id, classes and the states that any rule asks for."""


@dataclass(frozen=True)
class _Asked:
    """What the rules ask of widgets of one kind."""

    states: tuple[str, ...]
    """Pseudo-classes that occur in any rule which may be theirs."""
    siblings: bool
    """Whether some rule asks what stands beside a widget: its way does not tell then."""
    within: bool
    """Whether a rule for what stands in them asks if the focus is there."""


class Sheet(Stylesheet):
    """Textual's style sheet, which computes the style of each place once."""

    def __init__(self, *, variables: dict[str, str] | None = None) -> None:
        super().__init__(variables=variables)
        self._asked: dict[frozenset[str], _Asked] = {}
        self._places: dict[Place, RulesMap] = {}
        self._within: set[str] = set()
        self._rules_then: object = None

    def copy(self) -> Sheet:
        """Return a sheet of the same sources, which remembers for itself."""
        sheet = Sheet(variables=self._variables.copy())
        sheet.source = self.source.copy()
        return sheet

    def apply(
        self, node: DOMNode, *, animate: bool = False, cache: dict[Any, RulesMap] | None = None
    ) -> None:
        """Style a widget, as one in the same place was styled."""
        if self._rules_then is not self.rules_map or len(self._places) > MOST_PLACES:
            self._rules_then = self.rules_map
            self._asked, self._places = {}, {}
            self._within = set(_asked_within(self.rules))
        asked = self._asked_of(node)
        if asked.siblings:
            super().apply(node, animate=animate, cache=cache)
            # Textual knows it only where the rule is for the widget itself: the label of a line
            # would not be told that the focus has come into the line.
            node._has_focus_within |= asked.within
            return
        place = self._place(node, asked.states)
        rules = self._places.get(place)
        if rules is None:
            # Textual keeps what it finds in a cache that it is given.
            found: dict[Any, RulesMap] = {}
            super().apply(node, animate=animate, cache=found)
            self._places.update((place, rules) for rules in found.values())
            node._has_focus_within |= asked.within
            return
        node._has_hover_style = "hover" in asked.states
        node._has_focus_within = asked.within
        node._has_order_style = node._has_odd_or_even = False
        self.replace_rules(node, rules, animate=animate)
        self._process_component_classes(node)

    def _asked_of(self, node: DOMNode) -> _Asked:
        names = frozenset(node._selector_names)
        asked = self._asked.get(names)
        if asked is None:
            rules = [
                rule for name in self.rules_map.keys() & names for rule in self.rules_map[name]
            ]
            states = {state for rule in rules for state in rule.pseudo_classes}
            siblings = not states.isdisjoint(self._EXCLUDE_PSEUDO_CLASSES_FROM_CACHE)
            within = not names.isdisjoint(self._within)
            asked = self._asked[names] = _Asked(tuple(sorted(states)), siblings, within)
        return asked

    def _place(self, node: DOMNode, states: tuple[str, ...]) -> Place:
        return tuple(
            (
                type(one),
                one._id if f"#{one._id}" in self.rules_map else None,
                one.classes,
                tuple([state for state in states if one.has_pseudo_class(state)]),
            )
            for one in node.css_path_nodes
        )


def _asked_within(rules: Iterable[RuleSet]) -> Iterator[str]:
    """Yield the names of the widgets around the one a rule is for, where it asks for the focus."""
    sign = {SelectorType.CLASS: ".", SelectorType.ID: "#"}
    for rule in rules:
        for one in rule.selector_set:
            for selector in one.selectors[:-1]:
                if "focus-within" in selector.pseudo_classes:
                    yield sign.get(selector.type, "") + selector.name
