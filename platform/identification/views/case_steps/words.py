"""What each step asks for, and how its page says what it means."""

from dataclasses import dataclass

from core.i18n import LazyString, _l

WORDS, NOTE = "words", "note"
CONDITIONS = ("income_steady", "guarantees_stable", "risks_gone", "no_new_risk")
REMARK = _l("Note")
TOLD = _l("The household is told the reason. It may appeal, and it may tell again at any time.")
ANEW = _l("The house is visited anew. Your words tell the village what to look at.")


@dataclass(frozen=True)
class StepWords:
    """A page of a step: its meaning, its fields, how its words are named if not "reason", whether it ends something."""

    meaning: LazyString
    fields: tuple[str, ...] = ()
    words: LazyString | None = None
    is_grave: bool = False


_APPROVE = StepWords(
    _l("You looked at the papers, and went to the house yourself where you doubted."), (WORDS,), REMARK
)
_RETURN = StepWords(ANEW, (WORDS,))
_REJECT = StepWords(TOLD, ("reject", WORDS), is_grave=True)

step_words: dict[str, StepWords] = {
    "submit": StepWords(_l("Missing papers stop nothing; name and village are enough.")),
    "accept": StepWords(_l("The village may not refuse an application. Two visitors go to the house next.")),
    "take_up": StepWords(_l("Somebody goes and sees whether it is so. The household need not apply for that.")),
    "decline": StepWords(
        _l("The household itself does not want it, and says so in writing or before a witness. It may come back."),
        (WORDS, "scan", "witness"),
        is_grave=True,
    ),
    "sign_list": StepWords(
        _l("You sign for your office. Committee and team sign by two different persons; the second closes the list.")
    ),
    "township_approve": _APPROVE,
    "township_return": _RETURN,
    "township_reject": _REJECT,
    "county_approve": _APPROVE,
    "county_return": _RETURN,
    "county_reject": _REJECT,
    "hold_over_quota": StepWords(
        _l("The household meets the standard; only the number is used up. That is no refusal. Answer it in 30 days."),
        (WORDS,),
        REMARK,
    ),
    "answer_over_quota": StepWords(
        _l("The household waits on, and has its answer. Any of the three may be given again later."),
        ("answer", WORDS),
        _l("What the household is told"),
    ),
    "admit_over_quota": StepWords(_l("There is room in the village's number again."), (WORDS,), REMARK),
    "register": StepWords(_l("The household goes onto the register. It gets its card and a survey of its needs.")),
    "make_plan": StepWords(
        _l("One plan for this household: against which causes, with what, by whom, until when."),
        (WORDS,),
        _l("The plan in a few words"),
    ),
    "start_measures": StepWords(
        _l("The first measure of the plan has begun."), (WORDS,), _l("Which measure began, and when")
    ),
    "propose_clearing": StepWords(
        _l("All four must hold. The county then decides whether the risk is gone."),
        (*CONDITIONS, "can_work", WORDS),
        REMARK,
    ),
    "clear": StepWords(_l("The register then says that the risk is gone, and how it went."), ("way", WORDS), REMARK),
    "stay": StepWords(_l("Help goes on. Your words say what is still missing."), (WORDS,)),
    "withdraw": StepWords(
        _l("The household takes it back, or it was entered by mistake. It may come back."),
        (WORDS, "scan", "witness"),
        is_grave=True,
    ),
    "appeal": StepWords(
        _l("Other visitors go to the house than before, from now on."),
        (WORDS, "scan", "witness"),
        _l("Why the household appeals"),
    ),
    "reopen": StepWords(_l("The house is visited anew."), (WORDS, "scan", "witness"), _l("The new evidence")),
}
