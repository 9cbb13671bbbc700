"""Names that people give themselves (security.md, row 46): a corpus of what pretends, and of what does not."""

import pytest

from core.errors import NotValid
from core.names import clean_name, look_key, parts_of_key, reads_like_office, sound_key

INVISIBLE = [
    "天坑\u200b公益基金会",
    "天坑\u200c公益基金会",
    "天坑\u200d公益基金会",
    "天坑\u2060公益基金会",
    "\ufeff天坑公益基金会",
    "天坑公益基金会\u202e会金基",
    "\u202a天坑公益基金会\u202c",
    "\u2066天坑公益基金会\u2069",
    "天坑公益\u061c基金会",
    "天坑公益\u00ad基金会",
    "天坑公益\u034f基金会",
    "天坑公益\u3164基金会",
    "天坑公益\uffa0基金会",
    "天坑公益\u115f基金会",
    "天坑公益\u2800基金会",
    "天坑公益\ufe0f基金会",
    "天坑公益\U000e0101基金会",
    "天坑公益\U000e0041基金会",
    "天坑公益\u180e基金会",
    "天坑公益\u0007基金会",
    "天坑公益\x00基金会",
    "天坑公益\x1b[31m基金会",
    "天坑公益\ue000基金会",
    "天坑公益\U000f0000基金会",
    "天坑公益\u0378基金会",
    "River\u0300\u0301\u0302\u0303 Foundation",
    "天坑\u20dd\u20dd\u20dd公益基金会",
]


@pytest.mark.parametrize("name", INVISIBLE)
def test_what_nobody_can_see_is_refused(name):
    with pytest.raises(NotValid) as refusal:
        clean_name(name, "name")
    assert "cannot be seen" in str(refusal.value.errors["name"][0]) or "看不见" in str(refusal.value.errors["name"][0])


MIXED = [
    "Rivеr Foundation",
    "РayPal",
    "Αlpha Fund",
    "Gооgle",
    "Нelping Hands",
    "Ｒivеr",
    "天坑Вenefit基金会Α",
    "Ꮯhina Fund",
]


@pytest.mark.parametrize("name", MIXED)
def test_letters_of_two_alphabets_in_one_name_are_refused(name):
    with pytest.raises(NotValid):
        clean_name(name, "name")


ONE_FORM = [
    ("Ｒｉｖｅｒ　Ｆｏｕｎｄａｔｉｏｎ", "River Foundation"),
    ("  天坑   公益基金会 ", "天坑 公益基金会"),
    ("⼤⽯围公益基⾦会", "大石围公益基金会"),
    ("ﬁrst fund", "first fund"),
    ("Cafe\u0301 Fund", "Café Fund"),
    ("㈱山泉", "(株)山泉"),
]


@pytest.mark.parametrize(("typed", "kept"), ONE_FORM)
def test_a_name_has_one_form(typed, kept):
    assert clean_name(typed, "name") == kept


ORDINARY = [
    "天坑公益基金会",
    "广西百色市石榴籽志愿者协会",
    "红水河建材有限公司（示例）",
    "ABC（广西）农产品有限公司",
    "阿卜杜热西提·买买提",
    "欧阳娜娜",
    "Médecins du Cœur",
    "Сбережение",
    "བོད་ལྗོངས།",
    "ئالىم",
]


@pytest.mark.parametrize("name", ORDINARY)
def test_ordinary_names_of_any_script_are_kept(name):
    assert clean_name(name, "name")
    assert not reads_like_office(name)


LOOK_ALIKE = [
    ("River Foundation", "Rivеr Foundation"),
    ("River Foundation", "RIVER  FOUNDATION"),
    ("River Foundation", "River-Foundation."),
    ("River Foundation", "Rıver Foundatıon"),
    ("River Foundation", "R1ver F0undation"),
    ("Sunrise Fund", "5unrise Fund"),
    ("Modern Fund", "Modem Fund"),
    ("Caspase", "СаѕраѕЕ"),
    ("天坑公益基金会", "天坑公益墓金会"),
    ("天坑公益基金会", "天坑公益基金會"),
    ("天坑公益基金会", "天坑·公益基金会"),
    ("天坑公益基金会", "夭坑公益基金会"),
    ("天坑公益基金会", "天坑公益基⾦会"),
    ("天坑公益基金会", "「天坑公益基金会」"),
    ("工友互助会", "エ友互助会"),
    ("人口福利会", "入ロ福利会"),
    ("百色民生协会", "白色民生协会"),
    ("石榴籽志愿者协会", "石榴子志愿者协会"),
    ("山泉饮水基金会", "山全饮水基金会"),
    ("邕江教育基金会", "邕江敎育基金会"),
]


@pytest.mark.parametrize(("name", "pretender"), LOOK_ALIKE)
def test_what_can_be_taken_for_a_name_has_one_of_its_keys(name, pretender):
    assert look_key(name) == look_key(pretender) or sound_key(name) == sound_key(pretender)


DIFFERENT = [
    ("天坑公益基金会", "地坑公益基金会"),
    ("红水河建材有限公司", "红水河家具有限公司"),
    ("River Foundation", "Rover Foundation"),
    ("Helper 10", "Helper 11"),
    ("同乐服装有限公司", "同乐服务有限公司"),
    ("花坪茶业有限公司", "花坪茶油有限公司"),
]


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different_names_have_different_keys(one, other):
    assert look_key(one) != look_key(other)
    assert sound_key(one) != sound_key(other)


OFFICES = [
    "乐业县人民政府",
    "樂業縣人民政府",
    "乐业县 人 民 政 府",
    "乐业县人民攻府",
    "乐业县人民政俯",
    "乐业县入民政府采购部",
    "甘田镇党委办公室",
    "乐业县民政局慈善科",
    "乐业县乡村振兴局",
    "乐业县乡村振興局",
    "百色市公安局",
    "九利村村委会",
    "驻村工作队（同乐镇）",
    "结对平台客服",
    "People's Government of Leye",
    "Leye County GOVERNMENT",
    "Leye Civil Affairs Bureau",
    "Gоvernment of Leye",
    "Jiedui Official",
]


@pytest.mark.parametrize("name", OFFICES)
def test_the_name_of_an_office_is_known_however_it_is_written(name):
    assert reads_like_office(name)


NOT_OFFICES = ["冼伟", "韦示甲", "党卫", "县城小吃店", "政通人和贸易有限公司", "Governor Fund", "Policewoman Lee"]


@pytest.mark.parametrize("name", NOT_OFFICES)
def test_names_of_people_and_shops_read_like_no_office(name):
    assert not reads_like_office(name)


def test_a_name_inside_another_is_among_its_parts():
    key = look_key("天坑公益基金会乐业办事处")
    assert look_key("天坑公益基金会") in set(parts_of_key(key))
    assert list(parts_of_key(look_key("River Foundation Office"))) == []


def test_the_longest_name_has_a_bounded_number_of_parts():
    assert len(list(parts_of_key("山" * 80))) < 3200
