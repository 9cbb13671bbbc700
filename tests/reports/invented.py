"""Invented papers: full ones with long names and twelve members, and empty ones to fill in by hand."""

from reports.layouts.blocks import ticks
from reports.sheets import (
    Ballot,
    CardSheet,
    Era,
    Field,
    HandbookSheet,
    HelperLine,
    HouseholdSheet,
    IncomeSheet,
    MinutesSheet,
    NoticeEntry,
    NoticeSheet,
    ReceiptSheet,
    VillageGroup,
    VillageLine,
    VillageSheet,
)

LONG_NAME = "欧阳阿卜杜热依木·买买提明江·图尔荪巴依"
LATIN_NAME = "Abdurehimmuhammadjan-Tursunbayoghli"
HOSTILE = '#eval("1") $x$ *bold* @ref <label> \\ // /* [x] ${y} {{z}}'
STANDARDS = (("national", "国家"), ("provincial", "省定"), ("municipal", "市定"))
CAUSES = tuple((word, word) for word in ("因病", "因残", "因学", "因灾", "缺土地", "缺水", "缺技术", "缺劳力"))


def members(count: int) -> tuple[tuple[str, ...], ...]:
    names = ("韦大妹", LONG_NAME, LATIN_NAME, HOSTILE)
    rest = ("女", "有", "儿媳", "哈萨克族", "初中", "初中二年级", "长期慢性病、残疾", "普通劳动力", "县外省内，南宁市")
    return tuple((names[at % 4], *rest, str(at), "是", "是", "否") for at in range(count))


def full_household(era: Era = Era.MONITORING) -> HouseholdSheet:
    return HouseholdSheet(
        era,
        number="0011",
        head=LONG_NAME,
        place="广西壮族自治区百色市乐业县甘田镇竹坪村",
        as_of="2026-11-24",
        identity=(
            Field("户编号", "0011"),
            Field("户主姓名", LONG_NAME),
            Field("联系电话", "13800001111"),
            Field("家庭住址", "广西壮族自治区百色市乐业县甘田镇竹坪村第三村民小组上屯 21 号", 2),
            Field("开户银行", HOSTILE),
        ),
        standing=(
            Field("A1 识别标准", ticks(STANDARDS, ["national"])),
            Field("A3 主要致贫原因", ticks(CAUSES, ["因残"]), 2),
        ),
        members=members(12),
        income=IncomeSheet(
            "2025 年收入",
            (("工资性收入", "24,000"), ("低保金", "4,800"), ("生产经营性支出", "3,000")),
            (("人均纯收入", "3,091.67", "纯收入 ÷ 12 人"),),
        ),
        living=tuple(Field(f"项目 {at}", "3.2") for at in range(24)),
        helpers=(HelperLine("1", "黄某某", "乐业县农业农村局，二级主任科员", "13900002222", "2025-03-01 起"),),
    )


def empty_household() -> HouseholdSheet:
    return HouseholdSheet(
        Era.REGISTER,
        identity=(Field("户编号"), Field("户主姓名")),
        standing=(Field("A1 识别标准", ticks(STANDARDS)),),
        living=tuple(Field(f"项目 {at}") for at in range(24)),
    )


def full_handbook() -> HandbookSheet:
    arrived = ("2026-11-18", "生活用品", "冬被 2 床", "右江石榴籽志愿服务中心", "社会帮扶", "")
    return HandbookSheet(
        full_household(), causes=(Field("主要原因", "因残"),), measures=(arrived,) * 12, phone="0776-000 0000"
    )


def full_village() -> VillageSheet:
    lines = tuple(VillageLine(f"B{at}", f"未通沥青（水泥）路的自然村数 {at}", str(at), "个") for at in range(1, 12))
    return VillageSheet(Era.REGISTER, "竹坪村", "451028104201", "2013", (VillageGroup("道路", lines),))


def full_notice() -> NoticeSheet:
    entries = tuple(NoticeEntry("第三组", name, "4", "突发严重困难户", "收入") for name in (LONG_NAME, "韦大妹") * 20)
    return NoticeSheet(
        "公示表",
        "经村民代表会议评议，下列农户拟纳入监测对象，现予公示。",
        entries=entries,
        facts=(Field("最早截止", "2026-11-29 24:00"), Field("异议电话", "0776-000 0000")),
        closing="有异议的，请在公示期内提出，可以不留姓名。",
        office="竹坪村村民委员会",
    )


def full_minutes() -> MinutesSheet:
    return MinutesSheet(
        facts=(Field("应到代表", "30"), Field("实到代表", "24")),
        ballots=tuple(Ballot(name, "20", "2", "2", "1", "通过") for name in ("韦大妹", LONG_NAME)),
        present=tuple(f"代表 {at}" for at in range(25)),
    )


def full_receipt() -> ReceiptSheet:
    return ReceiptSheet("K7MQ-4F9T", (Field("申请人", LONG_NAME),), "凭受理号和电话查询。", "https://example.org/case")


def full_card() -> CardSheet:
    return CardSheet(Era.MONITORING, LONG_NAME, "139 0000 2222", (Field("单位", "乐业县农业农村局"),))
