"""Sheets as offices send them: with titles, merged headings, figures and dates of all shapes, and mistakes."""

from datetime import date

from tests.registry.sheets.drawing import HEAD, TOWNSHIP, Makers, Rows, person, registering, row, text

MAKERS: Makers = {}
sheet = registering(MAKERS)


@sheet("plain.xlsx")
def _plain() -> Rows:
    return [list(HEAD), row(1), row(2)]


@sheet("title_rows_above.xlsx")
def _titles() -> Rows:
    return [["同乐镇建档立卡户花名册"], ["填报单位：同乐镇人民政府", None, None, "2024年3月"], [], list(HEAD), row(1)]


@sheet("sums_and_signatures_below.xlsx")
def _sums() -> Rows:
    return [list(HEAD), row(1), row(2), ["合计", "2户", None, 6], ["填表人：韦某", None, "审核人：黄某"]]


@sheet("merged_two_rows.xlsx")
def _merged() -> Rows:
    return [
        ["户编号", "户主情况", None, "家庭情况", None],
        [None, "姓名", "身份证号", "家庭人口", "联系电话"],
        [*row(1), "13900000001"],
    ]


@sheet("national_codes.xlsx")
def _codes() -> Rows:
    return [["AAC001", "AAB002", "AAB004", "AAC002"], row(1)]


@sheet("headings_with_codes_below.xlsx")
def _both() -> Rows:
    return [list(HEAD), ["AAC001", "AAB002", "AAB004", "AAC002"], row(1)]


@sheet("columns_in_any_order.xlsx")
def _order() -> Rows:
    head = ["备注", "身份证号码（必填）", "家庭人口数(人)", "*户主姓名", "序号", "户编码"]
    return [head, ["无", person(1), "4人", "韦 某 某", 1, "S0001"]]


@sheet("english_headings.xlsx")
def _english() -> Rows:
    return [["Household number", "Name of the head", "ID number of the head", "Persons in the household"], row(1)]


@sheet("several_sheets.xlsx")
def _several() -> dict[str, Rows]:
    return {"说明": [["本表由各村填报"]], "一组": [list(HEAD), row(1)], "二组": [list(HEAD), row(2), row(3)]}


@sheet("starts_at_c4.xlsx")
def _offset() -> Rows:
    return [[], [], [], [None, None, *HEAD], [None, None, *row(1, id=person(1)[:-1] + "*")]]


@sheet("full_width.xlsx")
def _wide() -> Rows:
    wide = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
    return [[*HEAD, "联系电话"], [*row(1, id=person(1).translate(wide), size="３人"), "１３９ ０００ ０００ ０１"]]


@sheet("blanks_in_numbers.xlsx")
def _blanks() -> Rows:
    number = person(1)
    return [list(HEAD), row(1, id=f" {number[:6]} {number[6:14]} {number[14:]} "), row(2, id="'" + person(2))]


@sheet("lower_case_x.xlsx")
def _lower() -> Rows:
    number = next(person(n) for n in range(100, 200) if person(n).endswith("X"))
    return [list(HEAD), row(1, id=number.lower())]


@sheet("id_as_figure.xlsx")
def _figure() -> Rows:
    return [list(HEAD), row(1, id=int(person(1)[:17] + "0")), row(2)]


@sheet("id_rounded_text.xlsx")
def _rounded() -> Rows:
    return [list(HEAD), row(1, id="4.59999E+17"), row(2, id=person(2)[:15] + "000")]


@sheet("id_15_digits.xlsx")
def _fifteen() -> Rows:
    return [list(HEAD), row(1, id="459999700101001")]


@sheet("id_wrong_digit.xlsx")
def _wrong() -> Rows:
    number = person(1)
    return [list(HEAD), row(1, id=number[:-1] + ("1" if number[-1] != "1" else "2")), row(2, id="45999919990231001X")]


@sheet("phone_as_figure.xlsx")
def _phone() -> Rows:
    return [[*HEAD, "手机"], [*row(1), 13900000001], [*row(2), "0776-7920001"], [*row(3), "无"], [*row(4), "12345"]]


@sheet("mixed_dates.xlsx")
def _dates() -> Rows:
    said = [
        "2024.3.5",
        "2024年3月5日",
        "20240305",
        20240305,
        "2024/3/5",
        "2024-03-05 00:00:00",
        45356,
        date(2024, 3, 5),
    ]
    said += ["2024年3月", "3/5/2024", "2024.13.5", "昨天"]
    return [[*HEAD, "纳入监测时间"], *([*row(n), day] for n, day in enumerate(said, 1))]


@sheet("yes_and_no.xlsx")
def _yes() -> Rows:
    said = ["是", "√", "有", 1, True, "Y", "否", "×", "无", 0, "未采集", None, "可能"]
    return [[*HEAD, "是否搬迁户"], *([*row(n), word] for n, word in enumerate(said, 1))]


@sheet("words_of_choices.xlsx")
def _choices() -> Rows:
    causes = ["因病", "01 因病", "1.因病", "因 病", "病", "Illness", 1, "天气不好"]
    return [[*HEAD, "主要致贫原因"], *([*row(n), cause] for n, cause in enumerate(causes, 1))]


@sheet("several_causes.xlsx")
def _sets() -> Rows:
    head = [*HEAD, "主要致贫原因", "其他致贫原因"]
    return [
        head,
        [*row(1), "因病", "缺劳力、缺资金"],
        [*row(2), "因病", "因病,因残"],
        [*row(3), "因病", "缺水；缺技术；因学"],
        [*row(4), "其他", None],
    ]


@sheet("villages_by_name.xlsx")
def _places() -> Rows:
    head = ["乡镇", "行政村", *HEAD]
    return [
        head,
        [TOWNSHIP, "九利村委会", *row(1)],
        [TOWNSHIP, "九利", *row(2)],
        ["", "六为村", *row(3)],
        [TOWNSHIP, "天外村", *row(4)],
    ]


@sheet("villages_by_code.xlsx")
def _by_code() -> Rows:
    return [["村代码", *HEAD], ["451028100200", *row(1)], [451028100200, *row(2)], ["451029100200", *row(3)]]


@sheet("twice_in_the_file.xlsx")
def _twice() -> Rows:
    return [list(HEAD), row(1), row(1, id=person(2)), row(3, id=person(1))]


@sheet("no_number_column.xlsx")
def _lacking() -> Rows:
    return [["户主姓名", "身份证号", "家庭人口"], row(1)[1:], row(2)[1:]]


@sheet("empty_cells.xlsx")
def _empty() -> Rows:
    return [list(HEAD), row(1, name=None), row(2, id=""), row(3, size=None), row(4, no="  ")]


@sheet("out_of_bounds.xlsx")
def _bounds() -> Rows:
    return [list(HEAD), row(1, size=0), row(2, size=31), row(3, size=2.5), row(4, size="三"), row(5, no="长" * 31)]


@sheet("formulas.xlsx")
def _formulas() -> Rows:
    return [list(HEAD), row(1, size=("=1+2", None, 3)), row(2, size=("=1/0", None, "#DIV/0!"))]


@sheet("leading_signs.xlsx")
def _signs() -> Rows:
    return [list(HEAD), row(1, name="=cmd|'/c calc'!A1"), row(2, name="@SUM(1)")]


@sheet("hidden_letters.xlsx")
def _hidden() -> Rows:
    return [list(HEAD), row(1, name="韦\u200b某"), row(2, name="韦\u202e某"), row(3, name="韦\x07某")]


@sheet("no_headings.xlsx")
def _headless() -> Rows:
    return [row(1), row(2)]


@sheet("another_list.xlsx")
def _foreign() -> Rows:
    return [["商品", "单价", "数量"], ["大米", 3.5, 20]]


@sheet("only_headings.xlsx")
def _headings() -> Rows:
    return [list(HEAD)]


@sheet("utf8_with_mark.csv")
def _utf8() -> bytes:
    return text([list(HEAD), row(1)], encoding="utf-8-sig")


@sheet("gb18030.csv")
def _gb() -> bytes:
    return text([[*HEAD, "住址"], [*row(1, name="韦㙍"), "龙坪屯"]], encoding="gb18030")


@sheet("utf16_tabs.txt")
def _utf16() -> bytes:
    return text([list(HEAD), row(1)], mark="\t", encoding="utf-16")


@sheet("semicolons.csv")
def _semicolons() -> bytes:
    return text([list(HEAD), row(1), row(2)], mark=";")


@sheet("quotes_and_breaks.csv")
def _quotes() -> bytes:
    return text([[*HEAD, "住址"], [*row(1), '"福田屯,12号\n后院"'], [*row(2), "'"]])


@sheet("scientific.csv")
def _scientific() -> bytes:
    return text([list(HEAD), row(1, id="4.59999E+17")])
