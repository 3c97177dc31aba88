"""The registry's rule for rituximab: 2 to 4 weekly doses, until B cells are strictly <0.5 % or strictly <20 ×10⁶/L.

A sample is drawn before each dose. From that before dose 2 on it may end the course: seen before the next visit it spares
that visit, seen at the visit itself it spares the dose.
"""

from __future__ import annotations

from crf_desktop.forms.vocabulary import answers, text
from crf_desktop.model.definition import MethodDef, Reason

VISITS = ("SE.W0", "SE.RTX2", "SE.RTX3", "SE.RTX4")
"""One visit per dose, in order."""
MINIMUM, MAXIMUM = 2, len(VISITS)
"""Doses that are given whatever the B cells; doses at most."""


def doses_before(dose: int) -> str:
    """Expression: doses given at the visits before a dose; what is not known is not counted."""
    given = ", ".join(f"at('{visit}', 'rtx_given')" for visit in VISITS[: dose - 1])
    return f"count_true({given})"


def _depleted_at(sample: int) -> str:
    return f"at('{VISITS[sample - 1]}', 'b_depleted')"


def _percent_at(sample: int) -> str:
    return f"at('{VISITS[sample - 1]}', 'b_pct')"


def _count_at(sample: int) -> str:
    """The measured count before the derived one."""
    measured = f"at('{VISITS[sample - 1]}', 'b_count')"
    return f"({measured} if known({measured}) else at('{VISITS[sample - 1]}', 'b_count_derived'))"


def depleted(sample: int, also: str) -> tuple[Reason, ...]:
    """The sentence for a sample that was depleted: by percentage, else by count, else by what was reported with <."""
    percent, count = _percent_at(sample), _count_at(sample)
    by_percent, by_count = (f"(known({n}) and {n} < {limit})" for n, limit in ((percent, "0.5"), (count, "20")))
    complete, done = "rituximab is complete", "利妥昔单抗疗程已完成"
    return (
        Reason(
            f"{by_percent} and {also}",
            text(
                f"B cells {{0}} % before dose {sample}: below 0.5 %; {complete}",
                f"第{sample}次给药前B细胞{{0}}%，低于0.5%，{done}",
            ),
            (percent,),
        ),
        Reason(
            f"{_depleted_at(sample)} and not {by_percent} and {by_count} and {also}",
            text(
                f"B cells {{0}} ×10⁶/L before dose {sample}: below 20 ×10⁶/L; {complete}",
                f"第{sample}次给药前B细胞{{0}} ×10⁶/L，低于20 ×10⁶/L，{done}",
            ),
            (count,),
        ),
        Reason(
            f"{_depleted_at(sample)} and not {by_percent} and not {by_count} and {also}",
            text(
                f"B cells before dose {sample} were reported with < and lie below the limit; {complete}",
                f"第{sample}次给药前B细胞报告为<，确定低于界值，{done}",
            ),
        ),
    )


def neither(sample: int, also: str = "") -> Reason:
    """The sentence for a sample that met neither rule."""
    return Reason(
        f"not {_depleted_at(sample)}{also}",
        text(
            f"B cells {{0}} % and {{1}} ×10⁶/L before dose {sample}: neither rule is met",
            f"第{sample}次给药前B细胞{{0}}%、{{1}} ×10⁶/L，两项标准均未达到",
        ),
        (_percent_at(sample), _count_at(sample)),
    )


def not_known(sample: int, when: str) -> Reason:
    """The sentence for a sample without a result."""
    return Reason(
        f"{when} and not known({_depleted_at(sample)})",
        text(f"B cells before dose {sample} are not known yet", f"第{sample}次给药前的B细胞结果尚未知"),
    )


def too_few(given: str, when: str) -> Reason:
    """The sentence for the first doses."""
    return Reason(
        f"{when} and {given} < {MINIMUM}",
        text(
            f"{{0}} of at least {MINIMUM} doses given before: this one is given whatever the B cells",
            f"此前已给药{{0}}次，至少应给{MINIMUM}次：无论B细胞结果如何均给予本次",
        ),
        (given,),
    )


def not_needed(dose: int) -> tuple[Reason, ...]:
    """Why the visit of dose 3 or 4 is not held: the sample of an earlier visit was depleted."""
    return tuple(r for sample in range(MINIMUM, dose) for r in depleted(sample, f"{doses_before(dose)} >= {MINIMUM}"))


def confirmed(dose: int) -> tuple[Reason, ...]:
    """Why the visit of dose 3 or 4 is held: the sample of the visit before, or too few doses so far."""
    held = f"known(event_date('{VISITS[dose - 2]}'))"
    told = f"known(at('{VISITS[dose - 2]}', 'rtx_given'))"
    skipped = f" and not {held} and not known({_depleted_at(dose - 1)})"
    earlier = (neither(sample, skipped) for sample in range(MINIMUM, dose - 1))
    return (neither(dose - 1), *earlier, not_known(dose - 1, held), too_few(doses_before(dose), told))


# ---- on the page of the dose

_HERE = "event == '{0}' and rtx_doses_before >= " + str(MINIMUM)
_LATER = f"one_of(event, '{VISITS[2]}', '{VISITS[3]}') and rtx_doses_before >= {MINIMUM}"


def complete() -> tuple[Reason, ...]:
    """Why the dose itself is not given: a sample up to that of its own visit was depleted."""
    by_sample = ((2, _LATER), (3, _LATER), (4, _HERE.format(VISITS[3])))
    return tuple(r for sample, when in by_sample for r in depleted(sample, when))


def _held(dose: int) -> tuple[Reason, ...]:
    """Why dose 3 or 4 is given: the sample of its own visit, or the one before while that is not known."""
    here = _HERE.format(VISITS[dose - 1])
    own = f"known({_depleted_at(dose)})"
    return (
        neither(dose, f" and {here}"),
        neither(dose - 1, f" and {here} and not {own}"),
        not_known(dose, f"{here} and not ({_stopped(dose)})"),
    )


def _stopped(dose: int) -> str:
    """Expression: a sample up to that of the dose was depleted."""
    return " or ".join(f"(known({d}) and {d})" for d in (_depleted_at(s) for s in range(MINIMUM, dose + 1)))


def _verdict(dose: int) -> str:
    """STOP once a sample was depleted; GIVE when this or the last one was not; else unknown."""
    stop = _stopped(dose)
    seen = f"known({_depleted_at(dose)}) or known({_depleted_at(dose - 1)})"
    return f"('STOP' if {stop} else ('GIVE' if {seen} else None))"


def _given_before() -> str:
    """Doses given at visits before this one, whichever it is."""
    parts = []
    for n, visit in enumerate(VISITS[:-1], 1):
        later = ", ".join(f"'{v}'" for v in VISITS[n:])
        parts.append(f"one_of(event, {later}) and at('{visit}', 'rtx_given')")
    return f"count_true({', '.join(parts)})"


VERDICTS = answers(
    "CL.RTX_RULE", ("GIVE", "Give this dose", "给予本次"), ("STOP", "Rituximab is complete", "疗程已完成")
)
BEFORE = MethodDef(
    "M.RTX.BEFORE", "rtx_doses_before",
    text("Doses given before", "此前给药次数"),
    _given_before(), "integer",
    description=text("Rituximab visits before this one at which it was given.", "本次访视之前已给予利妥昔单抗的访视数。"),
)  # fmt: skip
VERDICT = MethodDef(
    "M.RTX.RULE", "rtx_rule",
    text("By the B-cell rule", "按B细胞标准"),
    f"'GIVE' if not one_of(event, '{VISITS[2]}', '{VISITS[3]}') or rtx_doses_before < {MINIMUM} else"
    f" ({_verdict(3)} if event == '{VISITS[2]}' else {_verdict(4)})",
    "code", code_list=VERDICTS.oid,
    description=text(
        "Registry NCT06410833: at least 2 and at most 4 weekly doses; before dose 3 and 4 it stops once a sample, from that"
        " before dose 2 on, is strictly below 0.5 % or strictly below 20 ×10⁶/L.",
        "注册号NCT06410833：每周1次，至少2次、至多4次；自第2次给药前的标本起，严格低于0.5%或严格低于20 ×10⁶/L者，第3、4次不再给药。",
    ),
    reasons=(too_few("rtx_doses_before", "known(event)"), *complete(), *_held(3), *_held(4)),
)  # fmt: skip
