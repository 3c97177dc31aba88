"""Which derived values hang on other visits, forms of a log among them, or on what a site sets."""

from __future__ import annotations

from typing import Final

from crf_desktop.model import expression
from crf_desktop.model.definition import MetaDataVersion, MethodDef

_AT_HOME: Final = ("limit", "qualifier")
"""Reaching functions that look at this visit alone; those of the rows of this form are told by their ending."""


def reads_elsewhere(definition: MetaDataVersion, method: MethodDef) -> bool:
    """Whether its value can change with what is recorded at another visit or in the log, or with a parameter."""
    seen: set[str] = set()
    parameters = {p.name for p in definition.parameters}
    waiting = [method]
    while waiting:
        one = waiting.pop()
        for text in filter(None, (one.expression, one.lower_bound)):
            far = expression.reaches(text)
            if any(f not in _AT_HOME and not f.endswith("_rows") for f, *_ in far):
                return True
            near = expression.names(text) | {arguments[-1] for _, *arguments in far}
            if near & parameters:
                return True
            new = [n for n in near - seen if n in definition.method_by_name]
            seen.update(new)
            waiting += [definition.method_by_name[n] for n in new]
    return False
