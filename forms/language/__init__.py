"""The rule language: small, typed and total; three-valued with ranges, so that a missing fact is never a no."""

from forms.language.evaluate import Evaluator
from forms.language.plan import Compiled, Plan, compile_catalogue, compile_expression, names_used
from forms.language.results import (
    AmountSaid,
    Answer,
    Finding,
    Gap,
    Judgement,
    Missing,
    MissingStandard,
    Question,
    Used,
)
from forms.language.types import Type

__all__ = [
    "AmountSaid",
    "Answer",
    "Compiled",
    "Evaluator",
    "Finding",
    "Gap",
    "Judgement",
    "Missing",
    "MissingStandard",
    "Plan",
    "Question",
    "Type",
    "Used",
    "compile_catalogue",
    "compile_expression",
    "names_used",
]
