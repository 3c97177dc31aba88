"""When a question is asked, in words: what its expression leaves open at a visit."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from crf_desktop.errors import Language
from crf_desktop.model.definition import ItemDef, MetaDataVersion
from crf_desktop.model.expression import parse
from crf_desktop.model.text import TranslatedText
from crf_desktop.report.paper_sheet import spelled
from crf_desktop.wording.figure import with_unit

Rest = bool | ast.expr
"""Decided by the visit alone, or what is left to be asked."""
_EVENT = "event"
_SIGNS = {ast.Lt: "<", ast.LtE: "≤", ast.Gt: ">", ast.GtE: "≥", ast.Eq: "=", ast.NotEq: "≠"}
_INVERSE = {"<": "≥", "≤": ">", ">": "≤", "≥": "<", "=": "≠", "≠": "="}
_MOST_NAMES = 3


def left_open(definition: MetaDataVersion, item: ItemDef, event: str | None) -> Rest:
    """What the condition of an item comes to where only the visit is known; without a visit nothing is."""
    return True if item.relevant is None else _left_open(definition, item.relevant, event)


def _left_open(definition: MetaDataVersion, expression: str, event: str | None) -> Rest:
    return _reduced(parse(expression), definition, event)


def _never(definition: MetaDataVersion, name: str, event: str) -> bool:
    """Whether the item of that name is not asked at that visit."""
    item = definition.item_by_name.get(name)
    if item is None or item.relevant is None:
        return False
    return _EVENT in item.relevant and _left_open(definition, item.relevant, event) is False


def _reduced(node: ast.expr, definition: MetaDataVersion, event: str | None) -> Rest:
    if event is None:
        return node
    match node:
        case ast.BoolOp():
            ends = isinstance(node.op, ast.Or)
            parts = [_reduced(n, definition, event) for n in node.values]
            if any(p is ends for p in parts):
                return ends
            left = [p for p in parts if not isinstance(p, bool)]
            return not ends if not left else left[0] if len(left) == 1 else ast.BoolOp(node.op, left)
        case ast.UnaryOp(op=ast.Not()):
            inner = _reduced(node.operand, definition, event)
            return not inner if isinstance(inner, bool) else ast.UnaryOp(ast.Not(), inner)
        case ast.Compare(left=ast.Name(id=name), ops=[op], comparators=[ast.Constant(value=str(code))]):
            if name == _EVENT and isinstance(op, ast.Eq | ast.NotEq):
                return (event == code) is isinstance(op, ast.Eq)
        case ast.Call(func=ast.Name(id="one_of"), args=[ast.Name(id=name), *rest]) if name == _EVENT:
            return event in [r.value for r in rest if isinstance(r, ast.Constant)]
        case ast.Call(func=ast.Name(id="known"), args=[ast.Name(id=name)]) if name == _EVENT:
            return True
        case ast.Call(func=ast.Name(id="known"), args=args):
            if any(isinstance(a, ast.Name) and _never(definition, a.id, event) for a in args):
                return False
    return node


def in_words(definition: MetaDataVersion, form: str, rest: Rest) -> TranslatedText | None:
    """``Only if “Ethnic group” is “Other”.``; None where it is always asked."""
    if isinstance(rest, bool):
        return None
    said = _Said(definition, form).clause(rest)
    return spelled("only_if", said)


class _Said:
    """Puts an expression into words, by the labels of what it reads."""

    def __init__(self, definition: MetaDataVersion, form: str) -> None:
        self.definition, self.form = definition, form

    def clause(self, node: ast.expr, negated: bool = False) -> TranslatedText:
        match node:
            case ast.BoolOp():
                return self._joined(node, negated)
            case ast.UnaryOp(op=ast.Not()):
                return self.clause(node.operand, not negated)
            case ast.Name():
                return self._is(node, [ast.Constant("true")], negated)
            case ast.Compare(left=ast.Call(func=ast.Name(id="count_true"), args=parts)):
                return self._at_least(parts) if len(parts) > _MOST_NAMES else self._reads(node)
            case ast.Compare(left=left, ops=ops, comparators=comparators):
                sides = zip([left, *comparators[:-1]], ops, comparators, strict=True)
                said = [self._compared(a, op, b, negated) for a, op, b in sides]
                return _list([s for s in said if s is not None], "and") if said[0] else self._reads(node)
            case ast.Call(func=ast.Name(id="one_of"), args=[first, *codes]):
                return self._is(first, codes, negated)
            case ast.Call(func=ast.Name(id="known"), args=args):
                found = [spelled("clause_known", name) for a in args if (name := self._name(a)) is not None]
                return _list(found, "and") if not negated else spelled("clause_not", _list(found, "and"))
            case ast.Call() if self._name(node):
                return self._is(node, [ast.Constant("true")], negated)
        return self._reads(node)

    def _joined(self, node: ast.BoolOp, negated: bool) -> TranslatedText:
        """Clauses; that something is known goes without saying where something is said about it."""
        conjunction = isinstance(node.op, ast.And)
        telling = [n for n in node.values if not (conjunction and _is_known(n))]
        found = list(dict.fromkeys(self.clause(n, negated) for n in telling or node.values))
        return _list(found, "and" if conjunction is not negated else "or")

    def _is(self, node: ast.expr, codes: Sequence[ast.expr], negated: bool) -> TranslatedText:
        named = self._name(node)
        values = [str(c.value) for c in codes if isinstance(c, ast.Constant)]
        if named is None or not values:
            return self._reads(node)
        if isinstance(node, ast.Name) and node.id == _EVENT:
            visits = [self.definition.event[v].title for v in values if v in self.definition.event]
            return spelled("clause_visit_not" if negated else "clause_visit", _list(visits, "list_or"))
        if values == ["true"] and negated and self._codes(node):
            values, negated = ["false"], False
        answers = _quoted([self._decode(node, v) for v in values])
        return spelled("clause_no" if negated else "clause_yes", named, answers)

    def _compared(self, left: ast.expr, op: ast.cmpop, right: ast.expr, negated: bool) -> TranslatedText | None:
        if isinstance(left, ast.Constant) or not isinstance(right, ast.Constant):
            return None
        named, sign = self._name(left), _SIGNS.get(type(op), "")
        if named is None or not sign:
            return None
        if isinstance(right.value, str) or (self._codes(left) and sign in "=≠"):
            return self._is(left, [right], (sign == "≠") is not negated)
        number = TranslatedText(*(with_unit(str(right.value), self._unit(left, one)) for one in ("en", "zh")))
        return spelled("clause_number", named, _INVERSE[sign] if negated else sign, number)

    def _at_least(self, parts: Sequence[ast.expr]) -> TranslatedText:
        """Of many alike only the first is named."""
        match parts[0]:
            case ast.Call(func=ast.Name(id="one_of"), args=[first, *codes]) if self._name(first):
                values = [self._decode(first, str(c.value)) for c in codes if isinstance(c, ast.Constant)]
                return spelled("clause_at_least", len(parts), _quoted(values), self._name(first))
        return self._reads(parts[0])

    def _reads(self, node: ast.AST) -> TranslatedText:
        """What it follows from, where it cannot be said shorter."""
        found = [self._name(n) for n in ast.walk(node) if isinstance(n, ast.Name)]
        named = list(dict.fromkeys(n for n in found if n is not None))
        marked = [TranslatedText(f"“{n.en}”", f"“{n.zh}”") for n in named[:_MOST_NAMES]]
        return spelled("clause_reads", _list(marked, "comma"))

    def _oid(self, node: ast.expr) -> str:
        """The analysis name an expression stands for."""
        match node:
            case ast.Name(id=name):
                return name
            case ast.Call(args=[*_, ast.Constant(value=str(name))]):
                return name
        return ""

    def _name(self, node: ast.expr) -> TranslatedText | None:
        name, definition = self._oid(node), self.definition
        if name == _EVENT:
            return spelled("visit")
        item, method = definition.item_by_name.get(name), definition.method_by_name.get(name)
        if item is None and method is None:
            return None
        label = definition.name_of(item.oid) if item else method.label  # type: ignore[union-attr]
        form = definition.form_of_item[item.oid] if item else definition.form_of_method.get(method.oid)  # type: ignore[union-attr]
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("previous", "at"):
            return spelled("earlier", label)
        if form is not None and form != self.form:
            return spelled("at_visit", label, definition.form[form].short_title)
        return label

    def _item(self, node: ast.expr) -> ItemDef | None:
        return self.definition.item_by_name.get(self._oid(node))

    def _codes(self, node: ast.expr) -> str | None:
        method = self.definition.method_by_name.get(self._oid(node))
        item = self._item(node)
        return item.code_list if item else method.code_list if method else None

    def _decode(self, node: ast.expr, code: str) -> TranslatedText:
        codes = self._codes(node)
        if codes is None:
            return TranslatedText("Yes" if code == "true" else "No", "是" if code == "true" else "否") if code in (
                "true", "false") else TranslatedText(code, code)  # fmt: skip
        item = self._item(node)
        decode = self.definition.code_list[codes].decode
        before = f"{code} " if item and item.data_type == "integer" and not decode(code, "en").startswith(code) else ""
        return TranslatedText(before + decode(code, "en"), before + decode(code, "zh"))

    def _unit(self, node: ast.expr, language: Language) -> str:
        item = self._item(node)
        return self.definition.unit[item.units[0]].symbol.in_(language) if item and item.units else ""


def _is_known(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "known"


def _list(found: Sequence[TranslatedText], word: str) -> TranslatedText:
    joint = spelled(word)
    return TranslatedText(joint.en.join(f.en for f in found), joint.zh.join(f.zh for f in found))


def _quoted(found: Sequence[TranslatedText]) -> TranslatedText:
    """English answers stand as they are; Chinese ones between quotation marks."""
    joint = spelled("list_or")
    return TranslatedText(joint.en.join(f.en for f in found), f"”{joint.zh}“".join(f.zh for f in found))
