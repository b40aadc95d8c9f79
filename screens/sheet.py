"""A style sheet that remembers what it found for a widget of one kind in one place.

Textual goes through all rules for every widget of a page that opens, and for every part of it that
has a style of its own: a third of the time that a form takes to open (137 times for that of a
session). What it finds depends on the rules that may be the widget's, and on what these ask of
the widgets on the way from the application to it. So the second widget in such a place takes over
what the first one got: the last line of a page is styled once for all pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
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
_WITHIN = "focus-within"
_TAKEN = "_taken_style"
"""Where a widget keeps what it was styled with."""


@dataclass(frozen=True)
class _Asked:
    """What the rules ask of widgets of one kind."""

    names: frozenset[str]
    """Kinds, ids and classes that occur in any rule which may be theirs, for any widget."""
    states: dict[str, set[str]]
    """Pseudo-classes that are asked together with each of these names."""
    siblings: bool
    """Whether some rule asks what stands beside a widget: its way does not tell then."""
    hover: bool
    """Whether some rule asks if the mouse is over it."""
    within: bool
    """Whether some rule for it, or for what stands in it, asks if the focus is there."""
    together: dict[frozenset[str], tuple[str, ...]] = field(default_factory=dict)
    """The states that were asked of a widget with several of the names."""

    def states_of(self, names: frozenset[str]) -> tuple[str, ...]:
        """Return the pseudo-classes that are asked of a widget with these names."""
        states = self.together.get(names)
        if states is None:
            states = tuple(sorted(set().union(*[self.states.get(name, ()) for name in names])))
            self.together[names] = states
        return states


@dataclass(frozen=True)
class _Style:
    """What was found for a place."""

    rules: RulesMap
    """As the rules have it."""
    taken: RulesMap | None
    """As a widget has it that nothing was known of before; None when none came here yet."""
    parts: dict[str, RulesMap]
    """The same for each part of a widget that has a style of its own."""


class Sheet(Stylesheet):
    """Textual's style sheet, which computes the style of each place once."""

    # Whether the focus is in a widget is part of its place.
    _EXCLUDE_PSEUDO_CLASSES_FROM_CACHE = (  # type: ignore[misc]
        Stylesheet._EXCLUDE_PSEUDO_CLASSES_FROM_CACHE - {_WITHIN}
    )

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
            setattr(node, _TAKEN, None)
            return
        place = _place(node, asked)
        style = self._places.get(place)
        rules = node.styles.base._rules
        bare = not (node._is_mounted or rules)
        if style is None or (bare and style.taken is None):
            # Textual keeps what it finds in a cache that it is given.
            found: dict[Any, RulesMap] = {}
            super().apply(node, animate=animate, cache=found)
            for new in found.values():
                style = self._places[place] = _taken_by(node, new, bare=bare)
                setattr(node, _TAKEN, style)
            node._has_focus_within |= asked.within
            return
        node._has_hover_style = asked.hover
        node._has_focus_within = asked.within
        node._has_order_style = node._has_odd_or_even = False
        if bare and style.taken is not None:
            node.styles.base.merge_rules(style.taken)
            _give_parts(node, style.parts)
            node.notify_style_update()
        elif not rules or getattr(node, _TAKEN, None) is not style:
            self.replace_rules(node, style.rules, animate=animate)
            if _give_parts(node, style.parts):
                node.refresh()
        else:
            node.notify_style_update()  # what it stands in may look otherwise
        setattr(node, _TAKEN, style)

    def _asked_of(self, node: DOMNode) -> _Asked:
        names = frozenset(node._selector_names)
        asked = self._asked.get(names)
        if asked is None:
            # Its parts are known by its place too.
            parts = {f".{part}" for part in node._get_component_classes()}
            mine = self.rules_map.keys() & (names | parts)
            rules = [rule for name in mine for rule in self.rules_map[name]]
            states: dict[str, set[str]] = {_SYSTEM: set()}
            for selector in _selectors(rules):
                states.setdefault(_name(selector), set()).update(selector.pseudo_classes)
            every = set().union(*states.values())
            asked = self._asked[names] = _Asked(
                names=frozenset(states),
                states=states,
                siblings=not every.isdisjoint(self._EXCLUDE_PSEUDO_CLASSES_FROM_CACHE),
                hover="hover" in every,
                within=_WITHIN in every or not names.isdisjoint(self._within),
            )
        return asked


def _place(node: DOMNode, asked: _Asked) -> Place:
    place = []
    for one in node.css_path_nodes:
        names = asked.names.intersection(one._selector_names)
        states = asked.states_of(names)
        place.append((names, tuple(filter(one.has_pseudo_class, states)) if states else states))
    return tuple(place)


def _taken_by(node: DOMNode, rules: RulesMap, *, bare: bool) -> _Style:
    """Return what a widget has taken over; `bare` when it knew no style before."""
    parts = {name: part.base.get_rules() for name, part in node._component_styles.items()}
    return _Style(rules, node.styles.base.get_rules() if bare else None, parts)


def _give_parts(node: DOMNode, parts: dict[str, RulesMap]) -> bool:
    """Style the parts of a widget; return whether one looks otherwise than before. Textual sets
    each rule by itself, to tell the page what has changed: there is nobody to tell."""
    given = node._component_styles
    changed = False
    for name, part in parts.items():
        if name not in given or given[name].base._rules != part:
            virtual = DOMNode(classes=name)
            virtual._attach(node)
            virtual.styles.base.merge_rules(part)
            given[name] = virtual.styles
            changed = True
    return changed


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
                if _WITHIN in selector.pseudo_classes:
                    yield _name(selector)
