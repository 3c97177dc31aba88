"""The SDTM variable of each item, where the program knows the study; beside the definition, no part of its digest."""

from __future__ import annotations

from collections.abc import Mapping

from crf_desktop.model.definition import MetaDataVersion


def variables(definition: MetaDataVersion) -> Mapping[str, str]:
    """Item OID → SDTM variable; nothing for a study that the program ships no mapping of."""
    from crf_desktop.forms import definition as shipped  # builds every form: only who prints waits for that
    from crf_desktop.forms.sdtm import sdtm

    if definition.study_oid != shipped().study_oid:
        return {}
    return {oid: variable for oid, variable in sdtm().items() if oid in definition.item}
