"""Elements of ODM 1.3.2 as they are written: order of attributes as given, one element a line, UTF-8."""

from __future__ import annotations

from typing import Final
from xml.etree import ElementTree

from crf_desktop.model.text import TranslatedText

NAMESPACE: Final = "http://www.cdisc.org/ns/odm/v1.3"
_LANGUAGE: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_NO_XML: Final = {0xFFFE: "\ufffd", 0xFFFF: "\ufffd"}
"""What a text of the log may hold and XML may not."""

Node = ElementTree.Element


def node(tag: str, attributes: dict[str, str] | None = None, text: str | None = None) -> Node:
    """An element of its own."""
    made = Node(tag, attributes or {})
    made.text = text
    return made


def add(parent: Node, tag: str, attributes: dict[str, str] | None = None, text: str | None = None) -> Node:
    """A further child."""
    made = ElementTree.SubElement(parent, tag, attributes or {})
    made.text, made.tail = text, "\n"
    if parent.text is None:
        parent.text = "\n"
    return made


def translated(parent: Node, tag: str, *texts: TranslatedText) -> Node:
    """A child with its English and its Chinese text."""
    made = add(parent, tag)
    for language in ("en", "zh"):
        words = (text.en if language == "en" else text.zh for text in texts)
        add(made, "TranslatedText", {_LANGUAGE: language}, " ".join(word for word in words if word))
    return made


def yes(value: bool) -> str:
    """``Yes`` or ``No``."""
    return "Yes" if value else "No"


def sound(text: str) -> str:
    """The text without the two characters that no XML can hold; each is replaced by U+FFFD."""
    return text.translate(_NO_XML)


def written(element: Node) -> bytes:
    """One element a line, as it was made."""
    return ElementTree.tostring(element, encoding="unicode").encode("utf-8")
