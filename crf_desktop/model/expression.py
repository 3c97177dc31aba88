"""Expressions of a definition: exact, three-valued, and nothing but arithmetic, comparison, logic and a few functions.

Text such as ``3*essdai_constitutional + 4*essdai_lymphadenopathy``. Names are analysis names of items and methods.
Values are ``int``, ``Fraction``, ``str``, ``bool``, ``date`` or None (unknown). Unknown stays unknown: ``unknown and
False`` is False, ``unknown or True`` is True (Kleene), everything else with an unknown part is unknown. No float
exists: ``0.1`` is read as 1/10. The functions are those of :mod:`crf_desktop.model.function`.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from fractions import Fraction
from functools import lru_cache
from typing import Any

from crf_desktop.model.function import DIRECT, FUNCTIONS, REACHING, PartialDate, Value, plain

__all__ = ["ExpressionError", "PartialDate", "Value", "evaluate", "names", "parse", "reaches"]

LookUp = Callable[[str], Value]
Names = Mapping[str, Value] | LookUp
"""A reaching call is looked up as ``previous:weight`` or ``at:SE.W0:pga``."""
Term = Callable[[LookUp], Value]

_ARITHMETIC: dict[type, Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: lambda a, b: Fraction(a) / Fraction(b),
}
_COMPARISON: dict[type, Callable[[Any, Any], bool]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}
_LONGEST = 2_000


class ExpressionError(ValueError):
    """Not an expression of this language; raised when a definition is made, never while a form is filled in."""


@lru_cache(maxsize=4096)
def parse(text: str) -> ast.expr:
    """The tree of an expression; :class:`ExpressionError` names what is not allowed."""
    if len(text) > _LONGEST:
        raise ExpressionError("expression too long")
    try:
        tree = ast.parse(text, mode="eval").body
    except (SyntaxError, RecursionError, MemoryError) as error:
        raise ExpressionError(f"not an expression: {text}") from error
    for node in ast.walk(tree):
        _allow(node, text)
    return tree


_ALLOWED = (
    ast.Name,
    ast.Load,
    ast.BinOp,
    ast.UnaryOp,
    ast.BoolOp,
    ast.Compare,
    ast.IfExp,
    ast.And,
    ast.Or,
    ast.Not,
    ast.USub,
)


def _allow(node: ast.AST, text: str) -> None:
    if isinstance(node, ast.Call):
        ok = isinstance(node.func, ast.Name) and not node.keywords
        ok = ok and not any(isinstance(a, ast.Starred) for a in node.args)
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        quoted = [isinstance(a, ast.Constant) and isinstance(a.value, str) for a in node.args]
        far = name in REACHING and all(quoted) and len(quoted) == (2 if name in ("at", "as_of") else 1)
        ok = ok and (name in FUNCTIONS or far)
    elif isinstance(node, ast.Constant):
        ok = isinstance(node.value, (int, float, str, bool)) or node.value is None
    else:
        ok = isinstance(node, _ALLOWED) or type(node) in _ARITHMETIC or type(node) in _COMPARISON
    if not ok:
        raise ExpressionError(f"not allowed in an expression: {type(node).__name__} in {text}")


def _calls(tree: ast.expr) -> Iterator[tuple[str, list[ast.expr]]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node.func.id, node.args


def names(text: str) -> frozenset[str]:
    """The names an expression reads in its own visit."""
    tree = parse(text)
    called = {name for name, _ in _calls(tree)}
    return frozenset(node.id for node in ast.walk(tree) if isinstance(node, ast.Name)) - called


def reaches(text: str) -> frozenset[tuple[str, ...]]:
    """What it reads beyond: ``("previous", "weight")``, ``("at", "SE.W0", "pga")``."""
    found = ((name, args) for name, args in _calls(parse(text)) if name in REACHING)
    return frozenset((name, *(str(getattr(a, "value", "")) for a in args)) for name, args in found)


def evaluate(text: str, values: Names) -> Value:
    """The value of an expression; None is unknown. A division by zero is unknown."""
    return compiled(text)(values if callable(values) else values.get)


@lru_cache(maxsize=4096)
def compiled(text: str) -> Term:
    """The expression as a function of who is asked for values."""
    return _term(parse(text), text)


def _term(node: ast.expr, text: str) -> Term:
    match node:
        case ast.Constant():
            number = isinstance(node.value, float)
            value: Any = Fraction(ast.get_source_segment(text, node) or "0") if number else node.value
            return lambda look_up: value
        case ast.Name():
            return _name(node.id)
        case ast.UnaryOp():
            return _unary(node, text)
        case ast.BinOp():
            return _arithmetic(node, text)
        case ast.BoolOp():
            return _logic(node, text)
        case ast.Compare():
            return _compare(node, text)
        case ast.IfExp():
            return _choice(node, text)
        case ast.Call():
            return _call(node, text)
    raise ExpressionError("not an expression")


def _name(name: str) -> Term:
    def read(look_up: LookUp) -> Value:
        found = look_up(name)
        if isinstance(found, datetime):
            return found.date()
        return None if isinstance(found, PartialDate) else found

    return read


def _unary(node: ast.UnaryOp, text: str) -> Term:
    inner = _term(node.operand, text)
    act = operator.not_ if isinstance(node.op, ast.Not) else operator.neg

    def apply(look_up: LookUp) -> Value:
        value: Any = inner(look_up)
        return None if value is None else act(value)

    return apply


def _arithmetic(node: ast.BinOp, text: str) -> Term:
    left, right, act = _term(node.left, text), _term(node.right, text), _ARITHMETIC[type(node.op)]
    divides = isinstance(node.op, ast.Div)

    def apply(look_up: LookUp) -> Value:
        a: Any = left(look_up)
        b: Any = right(look_up)
        if a is None or b is None or (divides and b == 0):
            return None
        number = act(a, b)
        return plain(number) if isinstance(number, Fraction) else number

    return apply


def _logic(node: ast.BoolOp, text: str) -> Term:
    parts, decisive = [_term(n, text) for n in node.values], isinstance(node.op, ast.Or)

    def apply(look_up: LookUp) -> Value:
        unknown = False
        for part in parts:
            value = part(look_up)
            if value is None:
                unknown = True
            elif bool(value) is decisive:
                return decisive
        return None if unknown else not decisive

    return apply


def _compare(node: ast.Compare, text: str) -> Term:
    first = _term(node.left, text)
    rest = [(_COMPARISON[type(op)], _term(n, text)) for op, n in zip(node.ops, node.comparators, strict=True)]

    def apply(look_up: LookUp) -> Value:
        left, result = first(look_up), True
        for holds, term in rest:
            right = term(look_up)
            if left is None or right is None:
                result = None  # type: ignore[assignment]
            elif not holds(left, right):
                return False
            left = right
        return result

    return apply


def _choice(node: ast.IfExp, text: str) -> Term:
    test, body, orelse = _term(node.test, text), _term(node.body, text), _term(node.orelse, text)

    def apply(look_up: LookUp) -> Value:
        condition = test(look_up)
        return None if condition is None else body(look_up) if condition else orelse(look_up)

    return apply


def _call(node: ast.Call, text: str) -> Term:
    name: str = node.func.id  # type: ignore[attr-defined]
    if name in REACHING:
        key = ":".join((name, *(a.value for a in node.args)))  # type: ignore[attr-defined]
        return _name(key)
    function, direct = FUNCTIONS[name], name in DIRECT
    terms = [_direct(a, text) if direct else _term(a, text) for a in node.args]
    return lambda look_up: function([term(look_up) for term in terms])


def _direct(node: ast.expr, text: str) -> Term:
    """An argument as it is: a partial date, a moment."""
    if isinstance(node, ast.Name):
        return lambda look_up: look_up(node.id)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in REACHING:
        key = ":".join((node.func.id, *(a.value for a in node.args)))  # type: ignore[attr-defined]
        return lambda look_up: look_up(key)
    return _term(node, text)
