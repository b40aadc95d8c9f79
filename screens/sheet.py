"""A style sheet that remembers what it found for a widget of one kind in one place.

Textual goes through all rules for every widget of a page that opens, and for every part of it that
has a style of its own: a third of the time that a form takes to open (137 times for that of a
session). What it finds depends on the rules that may be the widget's, and on what these ask of
the widgets on the way from the application to it. So the second widget in such a place takes over
what the first one got: the last line of a page is styled once for all pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from textual.css.model import RuleSet, Selector, SelectorType
from textual.css.styles import RulesMap
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode

MOST_PLACES = 5000
"""Places remembered before all are forgotten: some thirty pages, 1 kB each."""

Place = tuple[tuple[frozenset[str], tuple[str, ...]], ...]
"""From the application to a widget: names (kind, id, classes) and states that its rules ask for."""

_SYSTEM = ".-textual-system"
"""What `*` leaves out."""


@dataclass(frozen=True)
class _Asked:
    """What the rules ask of widgets of one kind."""

    names: frozenset[str]
    """Kinds, ids and classes that occur in any rule which may be theirs, for any widget."""
    states: tuple[str, ...]
    """The same of pseudo-classes."""
    siblings: bool
    """Whether some rule asks what stands beside a widget: its way does not tell then."""
    within: bool
    """Whether a rule for what stands in them asks if the focus is there."""


@dataclass(frozen=True)
class _Style:
    """What was found for a place."""

    rules: RulesMap
    """As the rules have it."""
    taken: RulesMap | None
    """As a widget has it that nothing was known of before; None when none came here yet."""
    parts: dict[str, RulesMap]
    """The same for each part of such a widget that has a style of its own."""


class Sheet(Stylesheet):
    """Textual's style sheet, which computes the style of each place once."""

    def __init__(self, *, variables: dict[str, str] | None = None) -> None:
        super().__init__(variables=variables)
        self._asked: dict[frozenset[str], _Asked] = {}
        self._places: dict[Place, _Style] = {}
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
        place = _place(node, asked)
        style = self._places.get(place)
        bare = not node._is_mounted and not node.styles.base.get_rules()
        if style is None or (bare and style.taken is None):
            # Textual keeps what it finds in a cache that it is given.
            found: dict[Any, RulesMap] = {}
            super().apply(node, animate=animate, cache=found)
            for rules in found.values():
                self._places[place] = _taken_by(node, rules) if bare else _Style(rules, None, {})
            node._has_focus_within |= asked.within
            return
        node._has_hover_style = "hover" in asked.states
        node._has_focus_within = asked.within
        node._has_order_style = node._has_odd_or_even = False
        if bare and style.taken is not None:
            _give(node, style.taken, style.parts)
        else:
            self.replace_rules(node, style.rules, animate=animate)
            self._process_component_classes(node)

    def _asked_of(self, node: DOMNode) -> _Asked:
        names = frozenset(node._selector_names)
        asked = self._asked.get(names)
        if asked is None:
            # Its parts are known by its place too.
            parts = {f".{part}" for part in node._get_component_classes()}
            mine = self.rules_map.keys() & (names | parts)
            rules = [rule for name in mine for rule in self.rules_map[name]]
            states = {state for rule in rules for state in rule.pseudo_classes}
            every = {_name(selector) for selector in _selectors(rules)}
            siblings = not states.isdisjoint(self._EXCLUDE_PSEUDO_CLASSES_FROM_CACHE)
            within = not names.isdisjoint(self._within)
            asked = _Asked(frozenset(every | {_SYSTEM}), tuple(sorted(states)), siblings, within)
            self._asked[names] = asked
        return asked


def _place(node: DOMNode, asked: _Asked) -> Place:
    return tuple(
        (
            asked.names.intersection(one._selector_names),
            tuple([state for state in asked.states if one.has_pseudo_class(state)]),
        )
        for one in node.css_path_nodes
    )


def _taken_by(node: DOMNode, rules: RulesMap) -> _Style:
    """Return what a widget has taken over that knew no style before."""
    parts = {name: part.base.get_rules() for name, part in node._component_styles.items()}
    return _Style(rules, node.styles.base.get_rules(), parts)


def _give(node: DOMNode, rules: RulesMap, parts: dict[str, RulesMap]) -> None:
    """Style a widget that does not stand anywhere yet. Textual sets each rule by itself, to tell
    the page what has changed: there is nobody to tell."""
    node.styles.base.merge_rules(rules)
    for name, part in parts.items():
        virtual = DOMNode(classes=name)
        virtual._attach(node)
        virtual.styles.base.merge_rules(part)
        node._component_styles[name] = virtual.styles
    node.notify_style_update()


def _selectors(rules: Iterable[RuleSet]) -> Iterator[Selector]:
    for rule in rules:
        for one in rule.selector_set:
            yield from one.selectors


def _name(selector: Selector) -> str:
    """Return the selector as a widget has it among its names."""
    sign = {SelectorType.CLASS: ".", SelectorType.ID: "#"}
    return sign.get(selector.type, "") + selector.name


def _asked_within(rules: Iterable[RuleSet]) -> Iterator[str]:
    """Yield the names of the widgets around the one a rule is for, where it asks for the focus."""
    for rule in rules:
        for one in rule.selector_set:
            for selector in one.selectors[:-1]:
                if "focus-within" in selector.pseudo_classes:
                    yield _name(selector)
