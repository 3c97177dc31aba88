"""A definition as canonical JSON (RFC 8785) and back; its SHA-256 is the ``metadata_digest`` of every row."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from typing import Any

import rfc8785
from cattrs import Converter
from cattrs.strategies import configure_tagged_union

from crf_desktop.errors import EnvironmentProblem
from crf_desktop.model.definition import MetaDataVersion
from crf_desktop.model.integrity import require_sound
from crf_desktop.model.layout import Block

FORMAT = 1


@cache
def _converter() -> Converter:
    converter = Converter(forbid_extra_keys=True, omit_if_default=True, detailed_validation=False)
    configure_tagged_union(Block, converter, tag_name="block")
    return converter


def to_bytes(definition: MetaDataVersion) -> bytes:
    """The canonical bytes of a definition."""
    body: dict[str, Any] = {"format": FORMAT, "metadata": _converter().unstructure(definition)}
    return rfc8785.dumps(body)


def from_bytes(stored: bytes, known: str | None = None) -> MetaDataVersion:
    """The definition in those bytes; raises EnvironmentProblem ``definition.newer`` or ``definition.damaged``.

    ``known``: the digest that the study's first rows name. Bytes that have it were found sound when the study was made,
    which is not asked again; any others are damaged.
    """
    if known is not None and digest(stored) != known:
        raise EnvironmentProblem("definition.damaged")
    try:
        body = json.loads(stored)
        version = body["format"]
    except (ValueError, KeyError, TypeError) as error:
        raise EnvironmentProblem("definition.damaged") from error
    if version != FORMAT:
        raise EnvironmentProblem("definition.newer", found=version, known=FORMAT)
    try:
        definition = _converter().structure(body["metadata"], MetaDataVersion)
        if known is None:
            require_sound(definition)
        return definition
    except Exception as error:  # cattrs groups whatever was wrong; all of it means the same to a person
        raise EnvironmentProblem("definition.damaged") from error


def digest(stored: bytes) -> str:
    """``sha256:`` and 64 hex of the canonical bytes."""
    return "sha256:" + hashlib.sha256(stored).hexdigest()
