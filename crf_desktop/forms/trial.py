"""The case report form of NCT06410833, put together from its pages."""

from __future__ import annotations

from functools import cache
from typing import Final

from crf_desktop.forms import (
    adverse_event,
    b_cell,
    belimumab,
    concomitant_medication,
    consent,
    demographics,
    deviation,
    early_termination,
    eligibility,
    end_of_study,
    essdai,
    esspri,
    examination,
    gate,
    history,
    hocevar,
    infection,
    infusion_reaction,
    laboratory,
    laboratory_1,
    lung,
    organ,
    physician_global,
    pregnancy,
    prior_treatment,
    reconfirm,
    reconsent,
    review,
    rituximab,
    saliva,
    schedule,
    schirmer,
    unscheduled,
    vital_signs,
    vocabulary,
)
from crf_desktop.forms.vocabulary import text
from crf_desktop.model.definition import MetaDataVersion
from crf_desktop.model.integrity import require_sound

METADATA_VERSION: Final = 1
"""Raised by one whenever a released definition changes in any way; printed on paper as the form version."""

STUDY_OID: Final = "ST.NCT06410833"

PAGES = (
    consent.PAGE,
    reconsent.PAGE,
    demographics.PAGE,
    history.PAGE,
    prior_treatment.PAGE,
    eligibility.PAGE,
    reconfirm.PAGE,
    esspri.PAGE,
    physician_global.PAGE,
    essdai.PAGE,
    schirmer.PAGE,
    saliva.PAGE,
    hocevar.PAGE,
    vital_signs.PAGE,
    examination.PAGE,
    laboratory_1.PAGE,
    laboratory.PAGE,
    b_cell.PAGE,
    infection.PAGE,
    pregnancy.PAGE,
    lung.PAGE,
    organ.PAGE,
    rituximab.PAGE,
    belimumab.PAGE,
    infusion_reaction.PAGE,
    review.PAGE,
    adverse_event.PAGE,
    concomitant_medication.PAGE,
    deviation.PAGE,
    early_termination.PAGE,
    end_of_study.PAGE,
    unscheduled.PAGE,
)

SIGNATURE_MEANINGS = (
    text(
        "I have reviewed these data and confirm that they are complete and accurate.",
        "我已审阅这些数据，确认其完整、准确。",
    ),
    text("I am the author of these data.", "我是这些数据的记录者。"),
)


@cache
def definition() -> MetaDataVersion:
    """The definition in force; the store keeps its serialised form, and everything is built from that."""
    made = MetaDataVersion(
        f"MDV.{METADATA_VERSION}",
        f"NCT06410833, form version {METADATA_VERSION}",
        STUDY_OID,
        "NCT06410833",
        text("Rituximab then belimumab in resistant juvenile Sjögren’s", "利妥昔单抗序贯贝利尤单抗治疗难治性儿童原发性干燥综合征"),
        text("RTX–BEL in juvenile Sjögren’s", "儿童干燥综合征RTX–BEL"),
        vocabulary.UNITS,
        (*vocabulary.CODE_LISTS, *(c for p in PAGES for c in p.code_lists)),
        tuple(i for p in PAGES for i in p.items),
        tuple(g for p in PAGES for g in p.item_groups),
        tuple(m for p in PAGES for m in p.methods),
        tuple(c for p in PAGES for c in p.edit_checks),
        tuple(gate.gated(p.form) for p in PAGES),
        schedule.EVENTS,
        schedule.BANNER,
        SIGNATURE_MEANINGS,
        schedule.MATRIX_ROWS,
        schedule.DEVIATION_LOG,
        schedule.PARAMETERS,
        schedule.MARKS,
    )
    require_sound(made)
    return made
