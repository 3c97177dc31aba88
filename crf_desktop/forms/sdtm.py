"""Where each answer goes in SDTM (SDTMIG 3.4): item OID → variable; beside the definition and not part of its digest.

A proposal for the annotated form and for a mapping to be agreed with the sponsor. An item that is not named here has no
standard place: its own names stand on the annotated form.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from crf_desktop.forms.trial import definition
from crf_desktop.model.definition import ItemDef

_VARIABLES = {
    "I.CONSENT.TIME": "DS.DSSTDTC when DSDECOD = INFORMED CONSENT OBTAINED",
    "I.RECONSENT.TIME": "DS.DSSTDTC when DSDECOD = INFORMED CONSENT OBTAINED",
    "I.CONSENT.ASSENT_TIME": "DS.DSSTDTC when DSTERM = ASSENT OBTAINED",
    "I.DEMO.SEX": "DM.SEX",
    "I.DEMO.BIRTH_DATE": "DM.BRTHDTC",
    "I.DEMO.ETHNICITY": "SUPPDM.QVAL when QNAM = ETHNGRP",
    "I.DEMO.ETHNICITY_OTHER": "SUPPDM.QVAL when QNAM = ETHNICOT",
    "I.DEMO.FIRST_SYMPTOM_DATE": "MH.MHSTDTC when MHEVDTYP = SYMPTOM ONSET",
    "I.DEMO.DIAGNOSIS_DATE": "MH.MHSTDTC when MHEVDTYP = DIAGNOSIS",
    "I.HX.FOCUS_SCORE": "MI.MIORRES when MITESTCD = HXFOCUS",
    "I.HX.BIOPSY_DATE": "MI.MIDTC",
    "I.PRIOR.ANY": "CM.CMOCCUR when CMCAT = PRIOR TREATMENT",
    "I.PRIOR.DRUG": "CM.CMDECOD when CMCAT = PRIOR TREATMENT",
    "I.PRIOR.DRUG_OTHER": "CM.CMTRT when CMCAT = PRIOR TREATMENT",
    "I.PRIOR.DOSE": "CM.CMDOSTXT when CMCAT = PRIOR TREATMENT",
    "I.PRIOR.START": "CM.CMSTDTC when CMCAT = PRIOR TREATMENT",
    "I.PRIOR.ONGOING": "CM.CMENRTPT when CMCAT = PRIOR TREATMENT",
    "I.PRIOR.STOP": "CM.CMENDTC when CMCAT = PRIOR TREATMENT",
    "I.ELIG.CONFIRMED_ON": "DS.DSSTDTC when DSDECOD = ELIGIBILITY CRITERIA MET",
    "I.ESSPRI.RESPONDENT": "QS.QSEVAL when QSCAT = ESSPRI",
    "I.PGA.ASSESSOR": "RS.RSEVALID when RSCAT = PHYSICIAN GLOBAL ASSESSMENT",
    "I.VITALS.TIME": "VS.VSDTC",
    "I.VITALS.POST_MENARCHE": "RP.RPORRES when RPTESTCD = MENARCHE",
    "I.LAB1.SAMPLE_TIME": "LB.LBDTC",
    "I.LAB.SAMPLE_TIME": "LB.LBDTC",
    "I.LAB.ESR_METHOD": "LB.LBMETHOD when LBTESTCD = ESR",
    "I.BCELL.SAMPLE_TIME": "LB.LBDTC",
    "I.INFECTION.SAMPLE_DATE": "MB.MBDTC",
    "I.PREG.DATE": "LB.LBDTC when LBTESTCD = HCG",
    "I.PREG.TYPE": "LB.LBSPEC when LBTESTCD = HCG",
    "I.PREG.RESULT": "LB.LBORRES when LBTESTCD = HCG",
    "I.LUNG.NYHA": "RS.RSORRES when RSCAT = NYHA CLASS",
    "I.LUNG.PFT_DATE": "RE.REDTC",
    "I.LUNG.HRCT_DONE": "PR.PROCCUR when PRTRT = HRCT",
    "I.LUNG.HRCT_DATE": "PR.PRSTDTC when PRTRT = HRCT",
    "I.ORGAN.LIVER_BIOPSY": "MI.MIORRES when MILOC = LIVER",
    "I.ORGAN.LIVER_BIOPSY_DATE": "MI.MIDTC when MILOC = LIVER",
    "I.ORGAN.KIDNEY_BIOPSY": "MI.MIORRES when MILOC = KIDNEY",
    "I.ORGAN.KIDNEY_BIOPSY_DATE": "MI.MIDTC when MILOC = KIDNEY",
    "I.IRR.GRADE": "AE.AETOXGR when AECAT = INFUSION REACTION",
    "I.IRR.ONSET": "AE.AESTDTC when AECAT = INFUSION REACTION",
    "I.IRR.END": "AE.AEENDTC when AECAT = INFUSION REACTION",
    "I.IRR.ACTION": "AE.AEACN when AECAT = INFUSION REACTION",
    "I.IRR.OUTCOME": "AE.AEOUT when AECAT = INFUSION REACTION",
    "I.AE.LISTED": "AE.AECAT",
    "I.AE.TERM": "AE.AETERM",
    "I.AE.GRADE": "AE.AETOXGR",
    "I.AE.START": "AE.AESTDTC",
    "I.AE.ONGOING": "AE.AEENRTPT",
    "I.AE.STOP": "AE.AEENDTC",
    "I.AE.CODE": "AE.AELLTCD",
    "I.AE.OUTCOME": "AE.AEOUT",
    "I.AE.SERIOUS": "AE.AESER",
    "I.AE.SER_DEATH": "AE.AESDTH",
    "I.AE.SER_LIFE": "AE.AESLIFE",
    "I.AE.SER_HOSPITAL": "AE.AESHOSP",
    "I.AE.SER_DISABILITY": "AE.AESDISAB",
    "I.AE.SER_CONGENITAL": "AE.AESCONG",
    "I.AE.SER_OTHER": "AE.AESMIE",
    "I.AE.NARRATIVE": "CO.COVAL when RDOMAIN = AE",
    "I.CM.DRUG": "CM.CMTRT",
    "I.CM.CLASS": "CM.CMCLAS",
    "I.CM.INDICATION": "CM.CMINDC",
    "I.CM.DOSE": "CM.CMDOSE",
    "I.CM.UNIT": "CM.CMDOSU",
    "I.CM.FREQUENCY": "CM.CMDOSFRQ",
    "I.CM.ROUTE": "CM.CMROUTE",
    "I.CM.START": "CM.CMSTDTC",
    "I.CM.ONGOING": "CM.CMENRTPT",
    "I.CM.STOP": "CM.CMENDTC",
    "I.DEV.KIND": "DV.DVDECOD",
    "I.DEV.DATE": "DV.DVSTDTC",
    "I.DEV.DESCRIPTION": "DV.DVTERM",
    "I.ET.DECIDED_ON": "DS.DSSTDTC when DSCAT = DISPOSITION EVENT",
    "I.ET.REASON": "DS.DSDECOD when DSCAT = DISPOSITION EVENT",
    "I.ET.REASON_TEXT": "DS.DSTERM when DSCAT = DISPOSITION EVENT",
    "I.EOS.COMPLETED": "DS.DSDECOD when DSCAT = DISPOSITION EVENT",
    "I.EOS.REASON": "DS.DSDECOD when DSCAT = DISPOSITION EVENT",
    "I.EOS.REASON_TEXT": "DS.DSTERM when DSCAT = DISPOSITION EVENT",
    "I.EOS.DEATH": "DM.DTHFL",
    "I.EOS.DEATH_DATE": "DM.DTHDTC",
    "I.EOS.DEATH_CAUSE": "DD.DDORRES when DDTESTCD = PRCDTH",
    "I.UNS.REASON_TEXT": "SV.SVUPDES",
}
"""Those that have a variable of their own."""

_EXPOSURE = {
    "GIVEN": "EC.ECOCCUR", "NOT_GIVEN_REASON": "EC.ECREASOC", "DOSE": "EX.EXDOSE", "LOT": "EX.EXLOT",
    "START": "EX.EXSTDTC", "STOP": "EX.EXENDTC", "VOLUME": "EX.EXVAMT",
}  # fmt: skip
_PREMEDICATION = {"": "CM.CMOCCUR", "_DRUG": "CM.CMTRT", "_DOSE": "CM.CMDOSE", "_TIME": "CM.CMSTDTC"}
_FINDINGS = (
    ("I.HX.SCHIRMER_R", "OE"), ("I.HX.SCHIRMER_L", "OE"), ("I.HX.VBS_", "OE"), ("I.HX.OSS_", "OE"),
    ("I.HX.FLUORESCEIN", "OE"), ("I.SCHIRMER.", "OE"), ("I.OSS.", "OE"),
    ("I.ELIG.", "IE"), ("I.RECONFIRM.", "IE"), ("I.ESSPRI.", "QS"), ("I.PGA.ACTIVITY", "RS"), ("I.ESSDAI.", "RS"),
    ("I.VITALS.", "VS"), ("I.EXAM.JOINT_", "MK"), ("I.EXAM.", "PE"),
    ("I.LAB1.", "LB"), ("I.LAB.", "LB"), ("I.BCELL.", "LB"),
    ("I.INFECTION.HB", "MB"), ("I.INFECTION.HCV", "MB"), ("I.INFECTION.HIV", "MB"), ("I.INFECTION.SYPHILIS", "MB"),
    ("I.INFECTION.IGRA", "MB"), ("I.LUNG.FVC", "RE"), ("I.LUNG.DLCO", "RE"), ("I.ORGAN.ANTI_", "LB"),
    ("I.ORGAN.AMA", "LB"),
)  # fmt: skip
"""Beginning of an OID → domain whose result it is, one test per item, its code the SAS name."""
_NO_FINDING = ("_START", ".START_", "_LOW", "_SOURCE", "_OTHER", "_PLAN", ".IVIG_", "LUNG_BASIS", ".WHICH", "_END", "_ATTRIBUTION",
                ".EXTENDED", "HAEMATURIA")  # fmt: skip
_SUPPLEMENT = {
    "CONSENT": "DS", "RECONSENT": "DS", "PRIOR": "CM", "LAB": "LB", "LAB1": "LB", "RTX": "EX", "BEL": "EX",
    "IRR": "AE", "AE": "AE", "CM": "CM", "DEV": "DV", "ET": "DS", "EOS": "DS",
}  # fmt: skip
"""Page → domain of which the rest is a supplemental qualifier, named as in SAS."""
_SIGNS = {"PULSE": "PULSE", "SBP": "SYSBP", "DBP": "DIABP", "TEMPERATURE": "TEMP"}


@cache
def sdtm() -> dict[str, str]:
    """Item OID → ``AE.AETERM``, ``VS.VSORRES when VSTESTCD = HEIGHT``."""
    items = definition().items
    found = {i.oid: f"{domain}.{domain}ORRES when {domain}TESTCD = {i.sas_name}" for i, domain in _results(items)}
    found |= dict(_limits(items)) | dict(_infusion(items)) | _VARIABLES
    return dict(_supplements(i for i in items if i.oid not in found)) | found


def _results(items: tuple[ItemDef, ...]) -> Iterator[tuple[ItemDef, str]]:
    for item in items:
        domain = next((d for start, d in _FINDINGS if item.oid.startswith(start)), None)
        spared = any(part in item.oid for part in _NO_FINDING) or item.data_type in ("text", "datetime")
        if domain is not None and (not spared or (domain == "PE" and item.data_type == "text")):
            yield item, domain


def _supplements(items: Iterable[ItemDef]) -> Iterator[tuple[str, str]]:
    for item in items:
        domain = _SUPPLEMENT.get(item.oid.split(".")[1])
        if domain is not None:
            yield item.oid, f"SUPP{domain}.QVAL when QNAM = {item.sas_name}"


def _limits(items: tuple[ItemDef, ...]) -> Iterator[tuple[str, str]]:
    """Limits of normal stand beside the result they belong to."""
    own = {i.oid: i.sas_name for i in items}
    for oid in own:
        for end, variable in (("_ULN", "LB.LBORNRHI"), ("_LLN", "LB.LBORNRLO")):
            if oid.endswith(end) and oid.removesuffix(end) in own:
                yield oid, f"{variable} when LBTESTCD = {own[oid.removesuffix(end)]}"


def _infusion(items: tuple[ItemDef, ...]) -> Iterator[tuple[str, str]]:
    """Both study drugs with their premedication, and the vital signs meanwhile."""
    there = {i.oid for i in items}
    for page, drug in (("RTX", "RITUXIMAB"), ("BEL", "BELIMUMAB")):
        made = {f"I.{page}.{key}": f"{variable} when EXTRT = {drug}".replace("EXTRT", _topic(variable))
                for key, variable in _EXPOSURE.items()}  # fmt: skip
        made |= {
            f"I.{page}.{kind}{key}": f"{variable} when CMCAT = PREMEDICATION"
            for kind in ("ANTIPYRETIC", "ANTIHISTAMINE", "STEROID")
            for key, variable in _PREMEDICATION.items()
        }
        made |= {f"I.{page}.{key}": f"VS.VSORRES when VSTESTCD = {code}" for key, code in _SIGNS.items()}
        made[f"I.{page}.SIGN_TIME"] = "VS.VSDTC"
        yield from ((oid, variable) for oid, variable in made.items() if oid in there)


def _topic(variable: str) -> str:
    return f"{variable[:2]}TRT"
