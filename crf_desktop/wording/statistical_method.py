"""How the statistical report was worked out: paragraphs of (title, text), English and Chinese."""

METHODS: tuple[tuple[tuple[str, str], tuple[str, str]], ...] = (
    (
        ("Design", "设计"),
        (
            "One arm, 15 participants planned, no comparison group. The registry names no hypothesis and no sample size calculation; every interval and every p value is descriptive and not adjusted for multiplicity.",
            "单臂，计划15名受试者，无对照组。注册信息未规定假设及样本量计算；所有区间和p值均为描述性，未作多重性校正。",
        ),
    ),
    (
        ("Who is counted", "计入对象"),
        (
            "A rate counts the participants of the population whose week 28 took place, or will not take place because they stopped, or because the visit was missed or its window has passed. Whoever is still under way is in no denominator.",
            "应答率计入分析人群中第28周访视已完成者，或因提前终止、访视缺失、窗口期已过而不会完成者。仍在进行中者不计入任何分母。",
        ),
    ),
    (
        ("Week 0 and week 28", "第0周与第28周"),
        (
            "Week 0 is the visit of the first rituximab, before the dose. Laboratory 2 and ultrasound of screening stand for week 0 where it has none and they are at most 14 days old, unless the option says otherwise. A value counts as it stands in the log, whether its form is signed or not; what is unsigned, changed after signature or queried is named under the issues.",
            "第0周为首次利妥昔单抗给药前的访视。如第0周缺实验室2或超声，且筛选值不超过14天，则以筛选值代替（选项另有规定除外）。数值以日志现值为准，不论表单是否签名；未签名、签名后更改或有质疑者均列于问题中。",
        ),
    ),
    (
        ("Five-item response", "五项应答"),
        (
            "Met, not met, or not evaluable for each item; thresholds are inclusive. The registered wording “more than three” is read as at least four; at least three is the sensitivity analysis. An item that cannot be evaluated counts as not met (non-responder imputation), and it is said whether it could have changed the verdict.",
            "各项目判为达到、未达到或无法评价，界值含等号。注册文字“more than three”按至少4项解释，至少3项作为敏感性分析。无法评价的项目按未达到计（无应答填补），并注明其是否可能改变结论。",
        ),
    ),
    (
        ("STAR", "STAR"),
        (
            "Candidate STAR, 0 to 9 points, responder from 5 points as published; more than 5 points, as the registry words it, beside it. A missing item has no points.",
            "候选STAR，0至9分，按发表标准≥5分为应答；并列注册文字的>5分。缺失项目计0分。",
        ),
    ),
    (
        ("Arithmetic", "计算"),
        (
            "Scores, changes, percentages and verdicts are worked out with whole numbers and exact fractions and compared before rounding; they are rounded half away from zero in print only. Results below or above the limit of a laboratory are never given a value.",
            "评分、变化、百分比及判定均以整数和精确分数计算，比较在修约之前进行；仅在打印时四舍五入。低于或高于检测限的结果不赋值。",
        ),
    ),
    (
        ("Intervals", "区间"),
        (
            "Two-sided exact 95 % confidence intervals of Clopper and Pearson (Biometrika 1934;26:404–13).",
            "双侧精确95%置信区间，Clopper–Pearson法（Biometrika 1934;26:404–13）。",
        ),
    ),
    (
        ("Paired change", "配对变化"),
        (
            "Median, quartiles (Hyndman and Fan, type 7) and extremes of week 28 minus week 0. Exact two-sided sign test and Wilcoxon’s signed-rank test; zeros are dropped and their number stated, ties have mid-ranks, and all signs of the ranks at hand are enumerated, so that the p value is exact with ties too.",
            "第28周减第0周的中位数、四分位数（Hyndman–Fan第7型）及最小、最大值。双侧精确符号检验和Wilcoxon符号秩检验；差值为零者剔除并注明个数，同值取平均秩，对现有秩的全部符号组合枚举，故有同值时p值仍精确。",
        ),
    ),
    (
        ("Doses and B cells", "剂量与B细胞"),
        (
            "Dose intensity is mg given over mg planned: the dose per m² or kg in force at the site × body surface or weight, for every dose due until the data were read. A dose left out counts with the plan of the nearest one. A dose that the B-cell rule spared and what fell after a decision to stop were not planned.",
            "剂量强度为实际给药mg除以计划mg；计划量为研究中心执行的单位体表面积或体重剂量×体表面积或体重，计入截至数据读取时应给的每次，漏给者按最近一次的计划量计。按B细胞标准免去的给药及决定终止之后的给药不计入计划。",
        ),
    ),
    (
        ("Adverse events", "不良事件"),
        (
            "Graded by CTCAE 5.0, with the words of the site and a short list of terms; not coded in MedDRA. Tables count events that began on or after the day of the first rituximab.",
            "按CTCAE 5.0分级，记录研究者原话及简表术语，未作MedDRA编码。表中计入首次利妥昔单抗当日及之后开始的事件。",
        ),
    ),
    (
        ("How to check this report", "如何核查本报告"),
        (
            "The data are named by the hash of the last row of each log, at the head of every page. The analysis command of the program writes the same numbers as tables (CSV, Parquet) with a codebook, and one line for each trace; the same data and options give the same bytes.",
            "数据由各日志最后一行的哈希值标识，印于每页页眉。程序的分析命令将同样的数字写成表格（CSV、Parquet）并附编码手册及逐条判定依据；相同数据与选项产生逐字节相同的结果。",
        ),
    ),
)
