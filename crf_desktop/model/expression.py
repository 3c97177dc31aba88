"""Expressions of a definition: exact, three-valued, and nothing but arithmetic, comparison, logic and a few functions.

Text such as ``3*essdai_constitutional + 4*essdai_lymphadenopathy``. Names are analysis names of items and methods.
Values are ``int``, ``Fraction``, ``str``, ``bool``, ``date`` or None (unknown). Unknown stays unknown: ``unknown and
False`` is False, ``unknown or True`` is True (Kleene), everything else with an unknown part is unknown. No float
exists: ``0.1`` is read as 1/10.
"""

from __future__ import annotations

import ast
import calendar
import operator
from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Any

from attrs import frozen


@frozen(slots=True)
class PartialDate:
    """A date of which the day, or month and day, are not known: somewhere from the first to the last.

    Only ``years`` looks at it, and says a number when it is the same for every such day; to all else it is unknown.
    """

    first: date
    last: date

    @classmethod
    def of(cls, text: str) -> PartialDate:
        """From ``YYYY`` or ``YYYY-MM``."""
        year, month = int(text[:4]), int(text[5:7] or 0)
        end = calendar.monthrange(year, month)[1] if month else 31
        return cls(date(year, month or 1, 1), date(year, month or 12, end))


Value = int | Fraction | str | bool | date | PartialDate | None
Names = Mapping[str, Value] | Callable[[str], Value]

_ARITHMETIC: dict[type, Callable[[Fraction, Fraction], Fraction]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
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


def _allow(node: ast.AST, text: str) -> None:
    allowed = (
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
    if isinstance(node, ast.Call):
        ok = isinstance(node.func, ast.Name) and node.func.id in FUNCTIONS and not node.keywords
        ok = ok and not any(isinstance(a, ast.Starred) for a in node.args)
    elif isinstance(node, ast.Constant):
        ok = isinstance(node.value, (int, float, str, bool)) or node.value is None
    else:
        ok = isinstance(node, allowed) or type(node) in _ARITHMETIC or type(node) in _COMPARISON
    if not ok:
        raise ExpressionError(f"not allowed in an expression: {type(node).__name__} in {text}")


def names(text: str) -> frozenset[str]:
    """The names an expression reads."""
    tree = parse(text)
    called = {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    return frozenset(node.id for node in ast.walk(tree) if isinstance(node, ast.Name)) - called


def evaluate(text: str, values: Names) -> Value:
    """The value of an expression; None is unknown. A division by zero is unknown."""
    look_up = values if callable(values) else values.get
    return _value(parse(text), look_up, text)


def _value(node: ast.expr, look_up: Callable[[str], Value], text: str) -> Value:
    match node:
        case ast.Constant(value=float()):
            return Fraction(ast.get_source_segment(text, node) or "0")
        case ast.Constant():
            return node.value  # type: ignore[return-value]
        case ast.Name():
            found = look_up(node.id)
            return None if isinstance(found, PartialDate) else found
        case ast.UnaryOp(op=ast.Not()):
            inner = _value(node.operand, look_up, text)
            return None if inner is None else not inner
        case ast.UnaryOp():
            inner = _value(node.operand, look_up, text)
            return None if inner is None else -inner  # type: ignore[operator]
        case ast.BinOp():
            return _arithmetic(node, _value(node.left, look_up, text), _value(node.right, look_up, text))
        case ast.BoolOp():
            return _logic(node, look_up, text)
        case ast.Compare():
            return _compare(node, look_up, text)
        case ast.IfExp():
            condition = _value(node.test, look_up, text)
            return None if condition is None else _value(node.body if condition else node.orelse, look_up, text)
        case ast.Call():
            name = node.func.id  # type: ignore[attr-defined]
            direct = name == "years"  # sees a partial date as it is
            return FUNCTIONS[name](
                [look_up(a.id) if direct and isinstance(a, ast.Name) else _value(a, look_up, text) for a in node.args]
            )
    raise ExpressionError("not an expression")


def _arithmetic(node: ast.BinOp, left: Value, right: Value) -> Value:
    if left is None or right is None:
        return None
    if isinstance(node.op, ast.Div) and right == 0:
        return None
    return _plain(_ARITHMETIC[type(node.op)](Fraction(left), Fraction(right)))  # type: ignore[arg-type]


def _plain(number: Fraction) -> int | Fraction:
    return number.numerator if number.denominator == 1 else number


def _logic(node: ast.BoolOp, look_up: Callable[[str], Value], text: str) -> Value:
    decisive = isinstance(node.op, ast.Or)
    unknown = False
    for part in node.values:
        value = _value(part, look_up, text)
        if value is None:
            unknown = True
        elif bool(value) is decisive:
            return decisive
    return None if unknown else not decisive


def _compare(node: ast.Compare, look_up: Callable[[str], Value], text: str) -> Value:
    left = _value(node.left, look_up, text)
    result: Value = True
    for op, right_node in zip(node.ops, node.comparators, strict=True):
        right = _value(right_node, look_up, text)
        if left is None or right is None:
            result = None
        elif not _COMPARISON[type(op)](left, right):
            return False
        left = right
    return result


def _all_known(function: Callable[[list[Fraction]], Fraction]) -> Callable[[list[Value]], Value]:
    def apply(arguments: list[Value]) -> Value:
        if not arguments or any(a is None for a in arguments):
            return None
        return _plain(Fraction(function([Fraction(a) for a in arguments])))  # type: ignore[arg-type]

    return apply


def _known_numbers(arguments: list[Value]) -> list[Fraction]:
    return [Fraction(a) for a in arguments if a is not None]  # type: ignore[arg-type]


def _mean_known(arguments: list[Value]) -> Value:
    known = _known_numbers(arguments)
    return _plain(sum(known, Fraction()) / len(known)) if known else None


def _max_known(arguments: list[Value]) -> Value:
    known = _known_numbers(arguments)
    return _plain(max(known)) if known else None


def _completed_years(arguments: list[Value]) -> Value:
    born, on = (PartialDate(a, a) if isinstance(a, date) else a for a in arguments)
    if not isinstance(born, PartialDate) or not isinstance(on, PartialDate):
        return None
    fewest, most = _years(born.last, on.first), _years(born.first, on.last)
    return fewest if fewest == most else None


def _years(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _days(arguments: list[Value]) -> Value:
    first, second = arguments
    return (second - first).days if isinstance(first, date) and isinstance(second, date) else None


FUNCTIONS: dict[str, Callable[[list[Value]], Value]] = {
    "sum": _all_known(lambda a: sum(a, Fraction())),
    "mean": _all_known(lambda a: sum(a, Fraction()) / len(a)),
    "min": _all_known(min),
    "max": _all_known(max),
    "abs": _all_known(lambda a: abs(a[0])),
    "known": lambda a: all(x is not None for x in a),
    "count_known": lambda a: len([x for x in a if x is not None]),
    "sum_known": lambda a: _plain(sum(_known_numbers(a), Fraction())),
    "mean_known": _mean_known,
    "max_known": _max_known,
    "years": _completed_years,
    "days": _days,
}
"""``sum mean min max abs`` are unknown if any part is; ``known count_known sum_known mean_known max_known`` look at
what is known; ``years(born, on)`` completed years, from partial dates too where they leave no doubt;
``days(first, second)`` whole days."""
