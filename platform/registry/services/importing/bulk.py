"""Writing many new households at once: the rows that `register_household` would write, by COPY, each with its record.

A test registers one household singly and one by a sheet and compares what stands on file.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from psycopg import Connection

from core.crypto import encryptor
from core.db import db
from core.records.bulk import Told, record_many
from registry.choices import IdType, Relation, Sex, Source
from registry.services.importing.fresh_ids import fresh_ids
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
SECRETS = (
    *("household.head_name", "household.id_number", "household.phone"),
    *("member.name", "member.id_number", "member.birth_date"),
    *(f"household_profile.{name}" for name in SECRET_PROFILE),
)
NOT_RECORDED = frozenset({"id_index", "region_code", "village", "township", "village_code"})
NOTHING = "\\N"
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
Values = dict[str, Any]


def write_households(found: Sequence[Values], ordered: Ordered) -> None:
    """Write checked rows of households that are not on file: themselves, their profiles, their heads as members.

    Each has one record.
    """
    batch = _Batch(ordered, len(found))
    told = [batch.add(values) for values in found]
    for table, columns in COPIES.items():
        _copy(table, columns, batch.lines[table])
    record_many(told)


def _copy(table: str, columns: str, lines: list[str]) -> None:
    """Send lines to a table; its guards ask at commit for the records."""
    connection = cast(Connection, db.session.connection().connection.driver_connection)
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as stream:
        stream.write("".join(lines))


class _Batch:
    """The lines of one batch in COPY's text form. What is the same in all of them is worked out once."""

    def __init__(self, ordered: Ordered, size: int) -> None:
        account = ordered.actor.account_id
        day = ordered.as_of.isoformat()
        self.lines: dict[str, list[str]] = {table: [] for table in COPIES}
        self._ids = fresh_ids(4 * size)
        self._encrypt = {context: encryptor(context) for context in SECRETS}
        self._noted = f"{day}\t{day}\t{Source.IMPORT}\t{account or NOTHING}\t1"
        self._shown = {"table": "household", "valid_from": day, "source": Source.IMPORT.value}
        if ordered.batch_id is not None:
            self._shown["batch"] = str(ordered.batch_id)

    def add(self, values: Values) -> Told:
        """Add the lines of one household, and return what is to be recorded of it."""
        ids = self._ids
        household, profile, member, membership = next(ids), next(ids), next(ids), next(ids)
        place, number, index = values["region_code"], values["id_number"], _bytes(values["id_index"])
        placed = f"1\t{place}\t{place[:6]}"
        size, secret = values.get("size") or 1, self._secret
        self.lines["household"].append(
            f"{household}\t{placed}\t{_text(values['household_no'])}\t{_text(values.get('group_no') or '')}\t{size}"
            f"\t{secret('household.head_name', values['head_name'])}\t{secret('household.id_number', number)}\t{index}"
            f"\t{secret('household.phone', values.get('phone'))}\n"
        )
        plain = "\t".join([_cell(_or_default(name, values.get(name))) for name in PLAIN_PROFILE])
        hidden = "\t".join([secret(f"household_profile.{name}", values.get(name)) for name in SECRET_PROFILE])
        self.lines["household_profile"].append(f"{profile}\t{placed}\t{self._noted}\t{household}\t{plain}\t{hidden}\n")
        born = f"{number[6:10]}-{number[10:12]}-{number[12:14]}"
        sex = Sex.MALE if int(number[16]) % 2 else Sex.FEMALE
        self.lines["member"].append(
            f"{member}\t{placed}\t{household}\t{secret('member.name', values['head_name'])}\t{sex}"
            f"\t{IdType.RESIDENT_ID}\t{secret('member.id_number', number)}\t{index}"
            f"\t{secret('member.birth_date', born)}\t{number[6:10]}\n"
        )
        self.lines["membership"].append(
            f"{membership}\t{placed}\t{self._noted}\t{member}\t{household}\t{Relation.HEAD}\n"
        )
        return self._told(household, member, values, size)

    def _secret(self, context: str, value: str | None) -> str:
        return NOTHING if value is None else _bytes(self._encrypt[context](value))

    def _told(self, household: str, member: str, values: Values, size: int) -> Told:
        shown = {**self._shown, "id": household, "region_code": values["region_code"]}
        sealed = {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in values.items()
            if value not in (None, "", []) and name not in NOT_RECORDED
        }
        sealed |= {"member_id": member, "size": size}
        return Told(f"household/{household}", KIND, shown, sealed, is_first=True)


def _or_default(name: str, value: Any) -> Any:
    return NEVER_NULL.get(name) if value is None else value


def _text(value: str) -> str:
    return value if value.isalnum() else value.translate(_ESCAPES)


def _bytes(value: bytes) -> str:
    return "\\\\x" + value.hex()


def _cell(value: Any) -> str:
    kind = type(value)
    if value is None:
        return NOTHING
    if isinstance(value, str):
        return _text(value)
    if kind is bool:
        return "t" if value else "f"
    if kind in (list, tuple):
        return "{" + ",".join(value) + "}"
    return str(value)
