"""Reads the source of the screens for text that may reach a widget as markup.

What a widget is given must be a literal, a sentence of the catalogue without values, something
that a function annotated as `Content` or `Text` returned, something drawn by a `Visual`, or stand
beside `markup=False`. Nothing is imported or run.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

# Where a plain string is read as markup: what is called, and which of its arguments (None: all).
WIDGETS: dict[str, tuple[int, ...] | None] = {
    "Static": (0,),
    "Label": (0,),
    "Button": (0,),
    "Checkbox": (0,),
    "RadioButton": (0,),
    "ToggleButton": (0,),
    "Digits": (0,),
    "Link": (0,),
    "Tab": (0,),
    "TabPane": (0,),
    "Option": (0,),
    "Selection": (0,),
    "RadioSet": None,
    "OptionList": None,
    "Select": (0,),
    "SelectionList": None,
    "Tree": (0,),
}
METHODS: dict[str, tuple[int, ...] | None] = {
    "notify": (0,),
    "add_row": None,
    "add_rows": (0,),
    "add_column": (0,),
    "add_columns": None,
    "add_option": (0,),
    "add_options": (0,),
    "set_options": (0,),
    "set_label": (0,),
    "add_leaf": (0,),
    "update_cell": (2,),
    "update_cell_at": (1,),
    "replace_option_prompt": (1,),
    "replace_option_prompt_at_index": (1,),
}
KEYWORDS = {"label", "title", "prompt", "content", "renderable", "message", "value", "options"}
TITLES = {"border_title", "border_subtitle", "tooltip"}
UPDATE = "update"
"""Also a dictionary's; where it was set tells them apart."""
SAFE_TYPES = ("Content", "Text", "RichText", "Visual", "Option", "None", "bool", "int")


def annotation_is_safe(annotation: ast.expr | None) -> bool:
    """Return whether a value of this annotation carries its text as content, not as markup."""
    if annotation is None:
        return False
    names = {
        node.id if isinstance(node, ast.Name) else node.attr
        for node in ast.walk(annotation)
        if isinstance(node, ast.Name | ast.Attribute)
    }
    containers = {"list", "tuple", "Sequence", "Iterable", "Iterator", "dict", "ClassVar", "Final"}
    told = names - containers
    return bool(told & set(SAFE_TYPES)) and "str" not in told


def functions_of(trees: Iterable[ast.Module]) -> dict[str, bool]:
    """Return every function and class of the screens by name: is what it returns content?"""
    found: dict[str, bool] = {}
    for tree in trees:
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                safe = annotation_is_safe(node.returns)
                found[node.name] = safe and found.get(node.name, True)
            elif isinstance(node, ast.ClassDef):
                found[node.name] = any(ast.unparse(base) == "Visual" for base in node.bases)
    return found


class Reader(ast.NodeVisitor):
    """Finds what a module hands to its widgets, and judges it."""

    def __init__(self, functions: dict[str, bool], textual: set[str]) -> None:
        self.functions = functions
        self.textual = textual
        self.faults: list[tuple[int, str]] = []
        self.scopes: list[ast.AST] = []

    def visit_Module(self, node: ast.Module) -> None:
        self._within(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._within(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self._within(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        self._within(node)

    def _within(self, node: ast.AST) -> None:
        self.scopes.append(node)
        self.generic_visit(node)
        self.scopes.pop()

    def visit_Assign(self, node: ast.Assign) -> None:
        for target in node.targets:
            if isinstance(target, ast.Attribute) and target.attr in TITLES:
                self._judge(node.value, target.attr)
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        name = called(node)
        table = METHODS if isinstance(node.func, ast.Attribute) else WIDGETS
        # A class of our own may share its name with a widget, as `Option` does.
        theirs = isinstance(node.func, ast.Attribute) or name in self.textual
        # An override that hands on what it was given is judged where it is called.
        handed_on = any(getattr(scope, "name", "") == name for scope in self.scopes)
        if name in table and theirs and not handed_on and not markup_is_off(node):
            places = table[name]
            chosen = (
                node.args
                if places is None
                else [node.args[i] for i in places if i < len(node.args)]
            )
            for argument in chosen:
                self._judge(argument, name)
            for keyword in node.keywords:
                if keyword.arg in KEYWORDS:
                    self._judge(keyword.value, name)
        elif name == UPDATE and len(node.args) == 1 and self._is_widget(node.func):
            self._judge(node.args[0], name)
        self.generic_visit(node)

    def _judge(self, value: ast.expr, where: str) -> None:
        if not self.is_safe(value):
            self.faults.append((value.lineno, f"{where}({ast.unparse(value)})"))

    def is_safe(self, value: ast.expr) -> bool:
        """Return whether `value` cannot bring markup from outside."""
        match value:
            case ast.Constant():
                return True
            case ast.IfExp():
                return self.is_safe(value.body) and self.is_safe(value.orelse)
            case ast.BoolOp():
                return all(map(self.is_safe, value.values))
            case ast.List() | ast.Tuple() | ast.Set():
                return all(map(self.is_safe, value.elts))
            case ast.ListComp() | ast.GeneratorExp():
                return self.is_safe(value.elt)
            case ast.Starred() | ast.Await() | ast.Subscript() | ast.NamedExpr():
                return self.is_safe(value.value)
            case ast.BinOp():
                return self.is_safe(value.left) and self.is_safe(value.right)
            case ast.Call():
                return self._is_safe_call(value)
            case ast.Name():
                return self._is_safe_name(value.id)
            case ast.Attribute():
                return self._is_safe_attribute(value)
        return False

    def _is_safe_call(self, call: ast.Call) -> bool:
        name = called(call)
        if name == "text":  # a sentence of ours; with values it may hold anybody's name
            return not call.keywords
        if name == "from_markup":  # values are put in literally
            return bool(call.args) and isinstance(call.args[0], ast.Constant)
        if name == "join" and isinstance(call.func, ast.Attribute):
            return self.is_safe(call.func.value) and isinstance(call.func.value, ast.Call)
        if name in ("Content", "RichText", "Text", "assemble", "styled", "blank"):
            return True
        if name in ("list", "tuple", "sorted", "reversed", "map"):
            return all(map(self.is_safe, call.args[-1:]))
        if name in WIDGETS:  # judged where it is made
            return True
        return self.functions.get(name, False)

    def _is_safe_name(self, name: str) -> bool:
        for scope in reversed(self.scopes):
            if isinstance(scope, ast.FunctionDef | ast.AsyncFunctionDef):
                arguments = scope.args
                for argument in [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]:
                    if argument.arg == name:
                        return annotation_is_safe(argument.annotation)
            values = list(assigned(scope, name))
            if values:
                return all(
                    annotation_is_safe(note) if note else value is not None and self.is_safe(value)
                    for value, note in values
                )
        return False

    def _is_safe_attribute(self, value: ast.Attribute) -> bool:
        """Judge `self.name` by how its class declares or sets it."""
        if not (isinstance(value.value, ast.Name) and value.value.id == "self"):
            return False
        for scope in reversed(self.scopes):
            if isinstance(scope, ast.ClassDef):
                set_to = [
                    (node.value, node.annotation if isinstance(node, ast.AnnAssign) else None, node)
                    for node in ast.walk(scope)
                    if isinstance(node, ast.Assign | ast.AnnAssign)
                    and any(
                        (isinstance(t, ast.Attribute) and t.attr == value.attr)
                        or (isinstance(t, ast.Name) and t.id == value.attr)
                        for t in (node.targets if isinstance(node, ast.Assign) else [node.target])
                    )
                ]
                if any(annotation_is_safe(note) for _, note, _ in set_to):
                    return True
                return bool(set_to) and all(
                    given is not None and self._is_safe_in(scope, node, given)
                    for given, _, node in set_to
                )
        return False

    def _is_widget(self, function: ast.expr) -> bool:
        """Return whether `….update` is a widget's and not a dictionary's or a set's."""
        if not isinstance(function, ast.Attribute):
            return False
        receiver = function.value
        if "query" in ast.unparse(receiver):
            return True
        name = receiver.attr if isinstance(receiver, ast.Attribute) else ast.unparse(receiver)
        return any(
            "query" in ast.unparse(value)
            or (
                isinstance(value, ast.Call)
                and called(value) in WIDGETS
                and not markup_is_off(value)
            )
            for scope in self.scopes
            for value in assigned_anywhere(scope, name)
        )

    def _is_safe_in(self, where: ast.ClassDef, node: ast.AST, given: ast.expr) -> bool:
        """Judge `given` with the names of the method that sets it."""
        inner = [
            scope
            for scope in ast.walk(where)
            if isinstance(scope, ast.FunctionDef | ast.AsyncFunctionDef)
            and any(child is node for child in ast.walk(scope))
        ]
        reader = Reader(self.functions, self.textual)
        reader.scopes = [where, *inner]
        return reader.is_safe(given)


def markup_is_off(call: ast.Call) -> bool:
    """Return whether `call` says `markup=False`."""
    return any(
        keyword.arg == "markup"
        and isinstance(keyword.value, ast.Constant)
        and keyword.value.value is False
        for keyword in call.keywords
    )


def called(call: ast.Call) -> str:
    """Return the last part of what is called."""
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def assigned(scope: ast.AST, name: str) -> Iterator[tuple[ast.expr | None, ast.expr | None]]:
    """Yield what `name` is set to within `scope`: the value, and the annotation if it has one."""
    for node in ast.walk(scope):
        match node:
            case ast.Assign():
                for target in node.targets:
                    if isinstance(target, ast.Name) and target.id == name:
                        yield node.value, None
                    elif isinstance(target, ast.Tuple) and any(
                        isinstance(part, ast.Name) and part.id == name for part in target.elts
                    ):
                        yield None, None
            case ast.AnnAssign(target=ast.Name(id=found)) if found == name:
                yield node.value, node.annotation
            case ast.NamedExpr(target=ast.Name(id=found)) if found == name:
                yield node.value, None
            case ast.AugAssign(target=ast.Name(id=found)) if found == name:
                yield node.value, None
            case ast.For() | ast.AsyncFor() | ast.comprehension():
                if isinstance(node.target, ast.Name) and node.target.id == name:
                    yield node.iter, None
                elif any(isinstance(n, ast.Name) and n.id == name for n in ast.walk(node.target)):
                    yield None, None


def assigned_anywhere(scope: ast.AST, name: str) -> Iterator[ast.expr]:
    """Yield what `name` or `self.name` is set to within `scope`."""
    for node in ast.walk(scope):
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(ast.unparse(target) in (name, f"self.{name}") for target in targets):
                yield node.value


def from_textual(tree: ast.Module) -> set[str]:
    """Return the names that a module imports from Textual."""
    return {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("textual")
        for alias in node.names
    }


def faults_of(source: str, known: dict[str, bool]) -> list[str]:
    """Return what goes round `screens/text.py` in `source`."""
    tree = ast.parse(source)
    # A module's own function comes before another's of the same name.
    reader = Reader(known | functions_of([tree]), from_textual(tree))
    reader.visit(tree)
    return [f"{line}: {what}" for line, what in reader.faults]
