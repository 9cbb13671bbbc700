"""Two counties of two townships of two villages each."""

from pathlib import Path
from tempfile import TemporaryDirectory

from core.db import unit_of_work
from core.policy import SYSTEM
from regions.services import import_regions

PROVINCE, OTHER_PROVINCE = "45", "46"
COUNTY, OTHER_COUNTY = "451028", "451029"
TOWNSHIP, OTHER_TOWNSHIP = "451028100", "451028101"
VILLAGE, OTHER_VILLAGE, FAR_VILLAGE = "451028100200", "451028100201", "451029100200"
PLACES = (
    ("450000000000", "广西壮族自治区", "", "province"),
    ("451000000000", "百色市", "450000000000", "prefecture"),
    ("451028000000", "乐业县", "451000000000", "county"),
    ("451028100000", "同乐镇", "451028000000", "township"),
    ("451028100200", "九利村民委员会", "451028100000", "village"),
    ("451028100201", "六为村民委员会", "451028100000", "village"),
    ("451028101000", "甘田镇", "451028000000", "township"),
    ("451028101200", "夏福村民委员会", "451028101000", "village"),
    ("451028101201", "四合村民委员会", "451028101000", "village"),
    ("451029000000", "田林县", "451000000000", "county"),
    ("451029100000", "乐里镇", "451029000000", "township"),
    ("451029100200", "新建村民委员会", "451029100000", "village"),
    ("451029100201", "启文村民委员会", "451029100000", "village"),
    ("451029101000", "旧州镇", "451029000000", "township"),
    ("451029101200", "平布村民委员会", "451029101000", "village"),
    ("451029101201", "那度村民委员会", "451029101000", "village"),
)


def lay_places() -> None:
    """Put the two counties on file."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "places.csv"
        path.write_text("\n".join(["code,name,parent,level", *map(",".join, PLACES)]) + "\n", encoding="utf-8")
        with unit_of_work(SYSTEM):
            import_regions(path)
