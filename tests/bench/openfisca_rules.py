"""The five programmes of the comparison as an OpenFisca country: one class a variable, dated parameters, as its manual has it."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
from openfisca_core.entities import Entity, GroupEntity
from openfisca_core.indexed_enums import Enum
from openfisca_core.parameters import ParameterNode
from openfisca_core.periods import DateUnit
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

MONTH = "2026-09"
AREAS = ("城市", "农村")
GRADES = ("一级", "二级", "三级", "四级")
CARE = ("无", "工伤生活护理费")
VARIABLES = {"低保": "dibao", "低保边缘": "edge", "残疾生活": "disability_living", "残疾护理": "disability_nursing", "高龄津贴": "elderly"}
"""The variable that answers for each programme."""
_SINCE = "2026-04-01"

Area = Enum("Area", {"city": AREAS[0], "country": AREAS[1]})
Grade = Enum("Grade", {"first": GRADES[0], "second": GRADES[1], "third": GRADES[2], "fourth": GRADES[3]})
Care = Enum("Care", {"none": CARE[0], "injury": CARE[1]})

Person = Entity("person", "persons", "A member", "")
Home = GroupEntity("household", "households", "A household", "", [{"key": "member", "plural": "members"}])


def a_system() -> TaxBenefitSystem:
    """The country: entities, parameters, variables."""
    system = TaxBenefitSystem([Person, Home])
    system.parameters = ParameterNode("", data=_parameters())
    for name, entity, kind, more in _INPUTS:
        body = {"value_type": kind, "entity": entity, "definition_period": DateUnit.MONTH, "label": name, **more}
        system.add_variable(type(name, (Variable,), body))
    for variable in (age, income_per_head, savings_per_head, dibao, edge, disability_living, disability_nursing, elderly):
        system.add_variable(variable)
    return system


def _parameters() -> dict[str, Any]:
    def one(value: float) -> dict[str, Any]:
        return {"values": {_SINCE: {"value": value}}}

    return {
        "dibao": {"city": one(832), "country": one(632)},
        "edge_times": one(1.5), "dibao_years": one(2), "edge_years": one(3), "car_limit": one(50_000), "elderly_age": one(80),
    }  # fmt: skip


_INPUTS: tuple[tuple[str, Any, Any, dict[str, Any]], ...] = (
    ("area", Home, Enum, {"possible_values": Area, "default_value": Area.city}),
    ("savings", Home, float, {}),
    ("cars", Home, int, {}),
    ("car_needed", Home, bool, {}),
    ("car_value", Home, float, {}),
    ("birth", Person, date, {}),
    ("income", Person, float, {}),
    ("card", Person, bool, {}),
    ("grade", Person, Enum, {"possible_values": Grade, "default_value": Grade.fourth}),
    ("needs_care", Person, bool, {}),
    ("care", Person, Enum, {"possible_values": Care, "default_value": Care.none}),
)


class age(Variable):  # noqa: N801 - a variable's class is its name
    value_type = int
    entity = Person
    definition_period = DateUnit.MONTH
    label = "full years on the first day of the month"

    def formula(person, period):  # noqa: N805 - OpenFisca calls it with the population
        birth = person("birth", period)
        months = birth.astype("datetime64[M]").astype(int)
        day = (birth - birth.astype("datetime64[M]")).astype(int) + 1
        start = period.start
        passed = (months % 12 + 1 < start.month) + (months % 12 + 1 == start.month) * (day <= start.day)
        return start.year - (months // 12 + 1970) - np.where(passed, 0, 1)


class income_per_head(Variable):  # noqa: N801
    value_type = float
    entity = Home
    definition_period = DateUnit.MONTH
    label = "income a head"

    def formula(household, period):  # noqa: N805
        return household.sum(household.members("income", period)) / household.nb_persons()


class savings_per_head(Variable):  # noqa: N801
    value_type = float
    entity = Home
    definition_period = DateUnit.MONTH
    label = "savings a head"

    def formula(household, period):  # noqa: N805
        return household("savings", period) / household.nb_persons()


class dibao(Variable):  # noqa: N801
    value_type = bool
    entity = Home
    definition_period = DateUnit.MONTH
    label = "低保"

    def formula(household, period, parameters):  # noqa: N805
        known = parameters(period)
        standard = known.dibao[household("area", period)]
        return (
            (household("income_per_head", period) < standard)
            * (household("savings_per_head", period) <= standard * 12 * known.dibao_years)
            * (household("cars", period) == 0)
        )


class edge(Variable):  # noqa: N801
    value_type = bool
    entity = Home
    definition_period = DateUnit.MONTH
    label = "低保边缘"

    def formula(household, period, parameters):  # noqa: N805
        known = parameters(period)
        standard = known.dibao[household("area", period)]
        cars = household("cars", period)
        excused = (cars == 1) * household("car_needed", period) * (household("car_value", period) <= known.car_limit)
        return (
            np.logical_not(household("dibao", period))
            * (household("income_per_head", period) < standard * known.edge_times)
            * (household("savings_per_head", period) <= standard * 12 * known.edge_years)
            * ((cars == 0) + excused)
        )


class disability_living(Variable):  # noqa: N801
    value_type = bool
    entity = Person
    definition_period = DateUnit.MONTH
    label = "残疾生活"

    def formula(person, period):  # noqa: N805
        return (
            person("card", period)
            * person.household("dibao", period)
            * (person("care", period) != Care.injury)
        )


class disability_nursing(Variable):  # noqa: N801
    value_type = bool
    entity = Person
    definition_period = DateUnit.MONTH
    label = "残疾护理"

    def formula(person, period):  # noqa: N805
        grade = person("grade", period)
        return (
            person("card", period)
            * ((grade == Grade.first) + (grade == Grade.second))
            * person("needs_care", period)
            * (person("care", period) != Care.injury)
        )


class elderly(Variable):  # noqa: N801
    value_type = bool
    entity = Person
    definition_period = DateUnit.MONTH
    label = "高龄津贴"

    def formula(person, period, parameters):  # noqa: N805
        return person("age", period) >= parameters(period).elderly_age
