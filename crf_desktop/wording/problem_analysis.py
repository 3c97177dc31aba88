"""What is said when an analysis is refused."""

_NOTHING = "Nothing was written; the study is unchanged."
_NOTHING_ZH = "未写出任何文件；研究未改变。"

PROBLEMS = {
    "analysis.option_name": (
        ("There is no option called “{option}”.", _NOTHING, "Choose one of: {allowed}."),
        ("没有名为“{option}”的选项。", _NOTHING_ZH, "可选：{allowed}。"),
    ),
    "analysis.option_value": (
        ("The option “{option}” does not have that value.", _NOTHING, "Choose one of: {allowed}."),
        ("选项“{option}”没有该取值。", _NOTHING_ZH, "可选：{allowed}。"),
    ),
    "analysis.other_form": (
        ("The forms of this study ({version}) do not ask what the end points rest on.", _NOTHING, "Export its tables instead: crf-desktop export STUDY --format csv --out DIR."),
        ("本研究的表单（{version}）未包含终点所需的条目。", _NOTHING_ZH, "请改为导出数据表：crf-desktop export STUDY --format csv --out DIR。"),
    ),
}
