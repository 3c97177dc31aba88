"""The twelve ESSDAI domains: weights, the levels that exist, and every level's definition, paraphrased.

Weights: Seror 2010, Ann Rheum Dis 69:1103, Table 2; ClinESSDAI: Seror 2016, Ann Rheum Dis 75:1945. Definitions follow
those papers' tables in our own words; cut-offs that the printed form leaves open or double are resolved as in
``docs/protocol_decisions.md`` (E2). A level that a domain does not have is absent from its table.
"""

from __future__ import annotations

from attrs import frozen

from crf_desktop.forms.vocabulary import text
from crf_desktop.model.text import TranslatedText


@frozen
class Domain:
    """One domain: analysis key, weights in ESSDAI and ClinESSDAI (None: not part of it), wording, levels."""

    key: str
    sas_name: str
    weight: int
    clin_weight: int | None
    label: TranslatedText
    note: TranslatedText
    levels: dict[int, TranslatedText]
    short: TranslatedText | None = None


DOMAINS = (
    Domain(
        "constitutional", "ESDCONST", 3, 4,
        text("Constitutional", "全身症状"),
        text("Do not rate infectious fever or voluntary weight loss.", "感染性发热、主动减重者不计。"),
        {
            0: text("No fever, night sweats or involuntary weight loss as below", "无下列发热、盗汗或非自愿体重下降"),
            1: text(
                "Fever 37.5–38.5 °C, mild or intermittent, or night sweats; and/or involuntary weight loss 5–10 %",
                "发热37.5–38.5 °C（轻度或间歇性），或盗汗；和/或非自愿体重下降5–10%",
            ),
            2: text(
                "Fever >38.5 °C, or night sweats; and/or involuntary weight loss >10 %",
                "发热>38.5 °C，或盗汗；和/或非自愿体重下降>10%",
            ),
        },
    ),
    Domain(
        "lymphadenopathy", "ESDLYMPH", 4, 4,
        text("Lymphadenopathy", "淋巴结"),
        text("Do not rate nodes from infection.", "感染所致淋巴结肿大不计。"),
        {
            0: text("No enlarged node as below, no splenomegaly", "无下列淋巴结肿大，无脾大"),
            1: text("Node ≥1 cm in any region (inguinal ≥2 cm)", "任一区域淋巴结≥1 cm（腹股沟≥2 cm）"),
            2: text(
                "Node ≥2 cm (inguinal ≥3 cm), and/or splenomegaly (palpable or on imaging)",
                "淋巴结≥2 cm（腹股沟≥3 cm），和/或脾大（触诊或影像）",
            ),
            3: text("Current malignant B-cell proliferative disease", "现患恶性B细胞增殖性疾病"),
        },
    ),
    Domain(
        "glandular", "ESDGLAND", 2, 2,
        text("Glandular", "腺体"),
        text("Do not rate swelling from stone or infection.", "结石或感染所致腺体肿大不计。"),
        {
            0: text("No glandular swelling", "无腺体肿大"),
            1: text(
                "Small swelling: parotid ≤3 cm, or limited submandibular or lacrimal swelling",
                "轻度肿大：腮腺≤3 cm，或下颌下腺、泪腺局限性肿大",
            ),
            2: text(
                "Major swelling: parotid >3 cm, or marked submandibular or lacrimal swelling",
                "明显肿大：腮腺>3 cm，或下颌下腺、泪腺显著肿大",
            ),
        },
    ),
    Domain(
        "articular", "ESDARTIC", 2, 3,
        text("Articular", "关节"),
        text("Do not rate osteoarthritis.", "骨关节炎不计。"),
        {
            0: text("No arthralgia as below, no synovitis", "无下列关节痛，无滑膜炎"),
            1: text(
                "Arthralgia of hands, wrists, ankles or feet with morning stiffness >30 min",
                "手、腕、踝或足关节痛，伴晨僵>30 min",
            ),
            2: text("Synovitis in 1–5 of 28 joints", "28个关节中1–5个滑膜炎"),
            3: text("Synovitis in ≥6 of 28 joints", "28个关节中≥6个滑膜炎"),
        },
    ),
    Domain(
        "cutaneous", "ESDCUTAN", 3, 3,
        text("Cutaneous", "皮肤"),
        text("Do not rate stable damage.", "稳定的损伤不计。"),
        {
            0: text("No skin lesion as below", "无下列皮肤病变"),
            1: text("Erythema multiforme", "多形红斑"),
            2: text(
                "Limited vasculitis incl. urticarial; or purpura of feet and ankles only; or subacute cutaneous lupus",
                "局限性血管炎（含荨麻疹性）；或仅限足、踝的紫癜；或亚急性皮肤型红斑狼疮",
            ),
            3: text(
                "Diffuse vasculitis incl. urticarial; or diffuse purpura; or vasculitic ulcers",
                "弥漫性血管炎（含荨麻疹性）；或弥漫性紫癜；或血管炎性溃疡",
            ),
        },
    ),
    Domain(
        "pulmonary", "ESDPULMO", 5, 6,
        text("Pulmonary", "肺部"),
        text(
            "Do not rate damage, tobacco effects, or cough from dryness only or stable for >12 months. Either lung function test suffices; take the worse.",
            "损伤、吸烟所致者不计；单纯干燥所致或稳定>12个月的咳嗽不计。任一肺功能指标即可，取较差者。",
        ),
        {
            0: text(
                "No lung involvement as below; no test needed when not suspected",
                "无下列肺部受累；临床不怀疑时无需检查",
            ),
            1: text(
                "Persistent cough from bronchial involvement with normal X-ray; or ILD on X-ray or HRCT, no breathlessness, normal lung function",
                "支气管受累致持续咳嗽，X线正常；或X线/HRCT示ILD，无呼吸困难且肺功能正常",
            ),
            2: text(
                "ILD on HRCT with exertional breathlessness (NYHA II), or 40 % ≤ DLCO <70 %, or 60 % ≤ FVC <80 %",
                "HRCT示ILD，伴活动后气促（NYHA II级），或40%≤DLCO<70%，或60%≤FVC<80%",
            ),
            3: text(
                "ILD on HRCT with breathlessness at rest (NYHA III–IV), or DLCO <40 %, or FVC <60 %",
                "HRCT示ILD，伴静息气促（NYHA III–IV级），或DLCO<40%，或FVC<60%",
            ),
        },
    ),
    Domain(
        "renal", "ESDRENAL", 5, 6,
        text("Renal", "肾脏"),
        text(
            "Do not rate stable long-standing proteinuria from damage. Biopsy findings rate first. Instead of 24 h protein, UPCR in g/g may be used.",
            "损伤所致的长期稳定蛋白尿不计。有活检者以活检为先。可用UPCR（g/g）代替24小时尿蛋白。",
        ),
        {
            0: text(
                "Proteinuria <0.5 g/d, no haematuria, no leucocyturia, no acidosis",
                "蛋白尿<0.5 g/d，无血尿，无白细胞尿，无酸中毒",
            ),
            1: text(
                "Tubular acidosis, GFR ≥60 mL/min; or glomerular: proteinuria 0.5–1.0 g/d, no haematuria, GFR ≥60 mL/min",
                "肾小管酸中毒，GFR≥60 mL/min；或肾小球受累：蛋白尿0.5–1.0 g/d，无血尿，GFR≥60 mL/min",
            ),
            2: text(
                "Tubular acidosis, GFR <60 mL/min; or glomerular: proteinuria >1.0–1.5 g/d, no haematuria, GFR ≥60 mL/min; or histology: extramembranous GN or important interstitial lymphoid infiltrate",
                "肾小管酸中毒，GFR<60 mL/min；或肾小球受累：蛋白尿>1.0–1.5 g/d，无血尿，GFR≥60 mL/min；或组织学：膜性肾小球肾炎或明显间质淋巴细胞浸润",
            ),
            3: text(
                "Glomerular: proteinuria >1.5 g/d, or haematuria, or GFR <60 mL/min; or histology: proliferative GN or cryoglobulin-related",
                "肾小球受累：蛋白尿>1.5 g/d，或血尿，或GFR<60 mL/min；或组织学：增殖性肾小球肾炎或冷球蛋白相关病变",
            ),
        },
    ),
    Domain(
        "muscular", "ESDMUSCU", 6, 7,
        text("Muscular", "肌肉"),
        text(
            "Do not rate steroid weakness. N is the laboratory’s upper limit of CK for age and sex.",
            "激素所致肌无力不计。N为实验室按年龄、性别给出的CK上限。",
        ),
        {
            0: text("No myositis", "无肌炎"),
            1: text("Myositis on EMG, MRI or biopsy, no weakness, N<CK≤2N", "EMG、MRI或活检证实肌炎，无肌无力，N<CK≤2N"),
            2: text(
                "Myositis as for low, with weakness (maximal deficit 4/5) or 2N<CK≤4N",
                "肌炎同低度，但伴肌无力（最差肌力4/5）或2N<CK≤4N",
            ),
            3: text("Myositis with weakness ≤3/5, or CK >4N", "肌炎，肌力≤3/5，或CK>4N"),
        },
    ),
    Domain(
        "pns", "ESDPNS", 5, 5,
        text("Peripheral nervous", "周围神经"),
        text("Do not rate damage.", "损伤不计。"),
        {
            0: text("No peripheral nerve involvement", "无周围神经受累"),
            1: text(
                "Pure sensory axonal polyneuropathy (on NCS); or trigeminal neuralgia",
                "单纯感觉性轴索性多发性神经病（NCS证实）；或三叉神经痛",
            ),
            2: text(
                "Axonal sensory-motor neuropathy, deficit none or at most 4/5; pure sensory neuropathy with cryoglobulinaemic vasculitis; ganglionopathy with mild or moderate ataxia; CIDP with mild impairment; peripheral cranial nerve (not V)",
                "轴索性感觉运动神经病，无运动缺损或肌力不低于4/5；单纯感觉性伴冷球蛋白血症性血管炎；神经节病伴轻中度共济失调；CIDP伴轻度障碍；周围性脑神经（三叉神经除外）",
            ),
            3: text(
                "Axonal sensory-motor neuropathy, deficit ≤3/5; vasculitic neuropathy (mononeuritis multiplex); ganglionopathy with severe ataxia; CIDP with deficit ≤3/5 or severe ataxia",
                "轴索性感觉运动神经病，肌力≤3/5；血管炎性神经病（多发性单神经炎）；神经节病伴重度共济失调；CIDP伴肌力≤3/5或重度共济失调",
            ),
        },
        text("PNS", "周围神经"),
    ),
    Domain(
        "cns", "ESDCNS", 5, 5,
        text("Central nervous", "中枢神经"),
        text("Do not rate damage. This domain has no low level.", "损伤不计。本领域无低度。"),
        {
            0: text("No central nervous involvement", "无中枢神经受累"),
            2: text(
                "Central cranial nerve; optic neuritis; MS-like with pure sensory signs or proven cognitive impairment only",
                "中枢性脑神经受累；视神经炎；多发性硬化样，仅有感觉症状或经证实的认知损害",
            ),
            3: text(
                "Cerebral vasculitis with stroke or TIA; seizures; transverse myelitis; lymphocytic meningitis; MS-like with motor deficit",
                "脑血管炎伴卒中或TIA；癫痫发作；横贯性脊髓炎；淋巴细胞性脑膜炎；多发性硬化样伴运动缺损",
            ),
        },
        text("CNS", "中枢神经"),
    ),
    Domain(
        "haematological", "ESDHAEMA", 2, 2,
        text("Haematological", "血液系统"),
        text(
            "Only autoimmune cytopenia counts. Do not rate iron or vitamin deficiency, drug-induced cytopenia.",
            "仅计自身免疫性血细胞减少。铁或维生素缺乏、药物所致者不计。",
        ),
        {
            0: text("No cytopenia in the bands below", "未达到以下任一范围"),
            1: text(
                "ANC >1000 to <1500 /mm³, or Hb >10 to <12 g/dL, or platelets >100 to <150 ×10⁹/L, or lymphocytes >500 to <1000 /mm³",
                "ANC >1000且<1500 /mm³，或Hb >10且<12 g/dL，或血小板>100且<150 ×10⁹/L，或淋巴细胞>500且<1000 /mm³",
            ),
            2: text(
                "ANC 500–1000 /mm³, or Hb 8–10 g/dL, or platelets 50–100 ×10⁹/L, or lymphocytes ≤500 /mm³",
                "ANC 500–1000 /mm³，或Hb 8–10 g/dL，或血小板50–100 ×10⁹/L，或淋巴细胞≤500 /mm³",
            ),
            3: text(
                "ANC <500 /mm³, or Hb <8 g/dL, or platelets <50 ×10⁹/L (lymphopenia has no high)",
                "ANC <500 /mm³，或Hb <8 g/dL，或血小板<50 ×10⁹/L（淋巴细胞减少无高度）",
            ),
        },
    ),
    Domain(
        "biological", "ESDBIOLO", 1, None,
        text("Biological", "生物学"),
        text(
            "Do not rate low IgG due to treatment: it is an adverse event. After IVIG, IgG cannot be interpreted.",
            "治疗所致的低IgG不计，应记为不良事件。IVIG后IgG无法判读。",
        ),
        {
            0: text("None of the findings below", "无下列任一异常"),
            1: text(
                "Clonal component, and/or low C3, C4 or CH50, and/or IgG 16–20 g/L",
                "单克隆成分，和/或C3、C4或CH50降低，和/或IgG 16–20 g/L",
            ),
            2: text(
                "Cryoglobulin, and/or IgG >20 g/L, and/or recent-onset hypogammaglobulinaemia or recent fall of IgG to <5 g/L",
                "冷球蛋白，和/或IgG >20 g/L，和/或新发低丙种球蛋白血症或IgG近期降至<5 g/L",
            ),
        },
    ),
)  # fmt: skip
