"""The data dictionary says everything that the definition says, in English, Chinese or both, from nothing but it."""

from __future__ import annotations

import pickle
import re
from io import BytesIO

import pytest
from attrs import evolve
from pypdf import PdfReader

from crf_desktop.capture.printing import Order, PaperRecord
from crf_desktop.exchange.sdtm import variables
from crf_desktop.forms.sdtm import sdtm
from crf_desktop.model.definition import MetaDataVersion
from crf_desktop.model.serial import digest, to_bytes
from crf_desktop.model.table_shape import item_columns
from crf_desktop.report.data_dictionary import data_dictionary
from crf_desktop.report.data_dictionary_source import Source
from crf_desktop.report.paper_sheet import PaperLanguage
from crf_desktop.report.printing import printed, ticks
from tests.report.paper_reading import LANGUAGES, bare, definition, needs_poppler, text
from tests.small_trial import small_trial


def record(d: MetaDataVersion) -> PaperRecord:
    return PaperRecord(d, digest(to_bytes(d)), "01", "2026-11-26T09:00:00+08:00", variables(d))


@needs_poppler
@pytest.mark.requirement("REQ-38")
@pytest.mark.parametrize("language", LANGUAGES)
def test_that_every_item_stands_in_it_with_its_names_question_codes_and_variable(language: PaperLanguage) -> None:
    d, source = definition(), Source(record(definition()), language)
    found = text(data_dictionary(source.record, language))
    for item in d.items:
        assert bare(item.oid) in found and f"SAS{item.sas_name}" in found
        assert bare(item_columns(item)[0]) in found
        for words in source.texts(item.question):
            assert bare(words) in found, item.oid
    for method in d.methods:
        assert bare(method.oid) in found and bare(method.expression) in found, method.oid
    for variable in sdtm().values():
        assert bare(f"SDTM{variable}") in found
    for one in d.code_lists:
        assert all(bare(f"{i.coded_value}={i.decode.in_('zh' if language == 'zh' else 'en')}") in found
                   for i in one.items), one.oid  # fmt: skip


@needs_poppler
@pytest.mark.parametrize(("language", "words"), [
    ("en", ("Only if “Confirmed by the investigator” is Yes.", "EC.CONSENT.001, hard:", "≥ 5 (soft)")),
    ("zh", ("仅当“研究者确认”为“是”时填写。", "EC.CONSENT.001，硬性：", "≥ 5（软性）")),
])  # fmt: skip
def test_that_conditions_limits_and_checks_are_told_in_words(language: PaperLanguage, words: tuple[str, ...]) -> None:
    found = text(data_dictionary(record(definition()), language))
    assert all(bare(one) in found for one in words)
    assert not re.search(r"\{\d\}", found)


def test_that_each_form_has_its_bookmark_and_each_tick_a_form() -> None:
    d, told = small_trial(), []
    order, asked = Order("dictionary"), record(small_trial())
    pdf = printed(asked, order, "both", lambda: told.append(1))
    assert len(told) == ticks(asked, order) == len(d.forms)
    marks = [mark for mark in PdfReader(BytesIO(pdf)).outline if not isinstance(mark, list)]
    titles = [str(mark.title) for mark in marks]
    assert [" ".join(dict.fromkeys((form.title.en, form.title.zh))) for form in d.forms] == titles[1:-2]



def test_that_the_same_definition_gives_the_same_bytes_and_a_cancelled_one_none() -> None:
    asked = record(small_trial())
    assert data_dictionary(asked, "en") == data_dictionary(pickle.loads(pickle.dumps(asked)), "en")

    def stop() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        data_dictionary(asked, "en", stop)


@needs_poppler
def test_that_a_study_without_a_mapping_has_no_sdtm_variables() -> None:
    asked = record(small_trial())
    assert asked.sdtm == {} and "SDTMDM.SEX" not in text(data_dictionary(asked, "en"))
    assert "SDTMDM.SEX" in text(data_dictionary(evolve(asked, sdtm={"I.SEX": "DM.SEX"}), "en"))
