"""Writing many new households at once: the rows that `register_household` would write, by COPY, each with its record.

A test registers one household singly and one by a sheet and compares what stands on file.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, cast
from uuid import UUID, uuid4

from psycopg import Connection

from core.crypto import encrypt_value
from core.db import db
from core.records.bulk import Told, record_many
from registry.choices import IdType, Relation, Sex, Source
from registry.services.importing.kinds import Ordered

KIND = "household.imported"
PLAIN_PROFILE = (
    *("natural_village", "group_no", "identification_standard", "household_category", "main_cause", "other_causes"),
    *("registered_year", "planned_exit_year", "poverty_status", "exit_year", "policy_enjoying", "is_martyr_family"),
    *("is_only_child_household", "is_two_daughter_household", "is_relocation_household", "relocation_mode"),
    *("resettlement_site", "monitoring_status", "monitoring_kind", "monitored_since", "risk_types"),
    "is_relative_of_official",
)
SECRET_PROFILE = ["address_detail", "phone", "bank_name", "bank_account", "cause_note"]
NEVER_NULL = {
    "natural_village": "",
    "group_no": "",
    "household_category": (),
    "other_causes": (),
    "poverty_status": "none",
    "resettlement_site": "",
    "monitoring_status": "none",
    "risk_types": (),
}
NOTED = "valid_from, as_of, source, recorded_by, revision"
PLACED = "id, version, region_code, county_code"
COPIES = {
    "household": f"{PLACED}, household_no, group_no, size, head_name, id_number, id_index, phone",
    "household_profile": f"{PLACED}, {NOTED}, household_id, {', '.join([*PLAIN_PROFILE, *SECRET_PROFILE])}",
    "member": f"{PLACED}, household_id, name, sex, id_type, id_number, id_index, birth_date, birth_year",
    "membership": f"{PLACED}, {NOTED}, member_id, household_id, relation_to_head",
}
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


@dataclass(slots=True)
class NewHousehold:
    """A checked row of a household that is not on file."""

    values: dict[str, Any]


def write_households(found: Iterable[NewHousehold], ordered: Ordered) -> None:
    """Write the households, their profiles, their heads as members, and a record of each."""
    lines: dict[str, list[str]] = {table: [] for table in COPIES}
    told = [_add(one.values, ordered, lines) for one in found]
    for table, columns in COPIES.items():
        copy_lines(table, columns, lines[table])
    record_many(told)


def copy_lines(table: str, columns: str, lines: list[str]) -> None:
    """Send lines to a table; its guards ask at commit for the records."""
    connection = cast(Connection, db.session.connection().connection.driver_connection)
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as stream:
        stream.write("".join(lines))


def _add(values: dict[str, Any], ordered: Ordered, lines: dict[str, list[str]]) -> Told:
    household_id, member_id = uuid4(), uuid4()
    number, place = values["id_number"], values["region_code"]
    placed = (1, place, place[:6])
    noted = (ordered.as_of, ordered.as_of, Source.IMPORT.value, ordered.actor.account_id, 1)
    size = values.get("size") or 1
    index, phone, group = values["id_index"], values.get("phone"), values.get("group_no") or ""
    lines["household"].append(
        line(
            (household_id, *placed, values["household_no"], group, size)
            + (secret("household.head_name", values["head_name"]), secret("household.id_number", number), index)
            + (secret("household.phone", phone),)
        )
    )
    plain = tuple(_or_default(name, values.get(name)) for name in PLAIN_PROFILE)
    hidden = tuple(secret(f"household_profile.{name}", values.get(name)) for name in SECRET_PROFILE)
    lines["household_profile"].append(line((uuid4(), *placed, *noted, household_id, *plain, *hidden)))
    born = f"{number[6:10]}-{number[10:12]}-{number[12:14]}"
    sex = Sex.MALE if int(number[16]) % 2 else Sex.FEMALE
    lines["member"].append(
        line(
            (member_id, *placed, household_id, secret("member.name", values["head_name"]), sex.value)
            + (IdType.RESIDENT_ID.value, secret("member.id_number", number), index)
            + (secret("member.birth_date", born), int(number[6:10]))
        )
    )
    lines["membership"].append(line((uuid4(), *placed, *noted, member_id, household_id, Relation.HEAD.value)))
    return _told(household_id, member_id, values, ordered, size)


def _told(household_id: UUID, member_id: UUID, values: dict[str, Any], ordered: Ordered, size: int) -> Told:
    shown = {
        "table": "household",
        "id": str(household_id),
        "region_code": values["region_code"],
        "valid_from": ordered.as_of.isoformat(),
        "source": Source.IMPORT.value,
    }
    if ordered.batch_id is not None:
        shown["batch"] = str(ordered.batch_id)
    sealed = {name: _recorded(value) for name, value in values.items() if value not in (None, "", [])}
    for name in ("id_index", "region_code", "village", "township", "village_code"):
        sealed.pop(name, None)
    return Told(f"household/{household_id}", KIND, shown, {**sealed, "member_id": str(member_id), "size": size})


def _recorded(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _or_default(name: str, value: Any) -> Any:
    return NEVER_NULL.get(name) if value is None else value


def secret(context: str, value: str | None) -> bytes | None:
    """Return the encrypted form that the column of this context holds."""
    return None if value is None else encrypt_value(context, value)


def line(values: tuple[Any, ...]) -> str:
    """Return one row in COPY's text form."""
    return "\t".join([_cell(value) for value in values]) + "\n"


def _cell(value: Any) -> str:
    kind = type(value)
    if value is None:
        return "\\N"
    if isinstance(value, str):
        return value if value.isalnum() else value.translate(_ESCAPES)
    if isinstance(value, bytes):
        return "\\\\x" + value.hex()
    if kind is bool:
        return "t" if value else "f"
    if kind in (list, tuple):
        return "{" + ",".join(value) + "}"
    return str(value)
