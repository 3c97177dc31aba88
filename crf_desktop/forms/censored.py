"""Comparisons with a limit that also hold for a result reported as ``<5`` or ``>140``, where that is certain."""

from __future__ import annotations


def lies_below(name: str, limit: str) -> str:
    """Expression: strictly below the limit; of a result with < or > only what is certain, else unknown."""
    certain = f"(True if limit('{name}') <= {limit} else None)"
    refuted = f"(False if limit('{name}') >= {limit} else None)"
    return f"({name} < {limit} if qualifier('{name}') == '' else {certain} if qualifier('{name}') == '<' else {refuted})"


def lies_above(name: str, limit: str) -> str:
    """Expression: strictly above the limit; of a result with < or > only what is certain, else unknown."""
    certain = f"(True if limit('{name}') >= {limit} else None)"
    refuted = f"(False if limit('{name}') <= {limit} else None)"
    return f"({name} > {limit} if qualifier('{name}') == '' else {certain} if qualifier('{name}') == '>' else {refuted})"
