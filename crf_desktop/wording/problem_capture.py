"""What is said when an act is refused while data are captured."""

PROBLEMS = {
    "access.no_right": (
        (
            "The role “{role}” has no right to do this ({action}).",
            "Nothing was changed.",
            "Ask a person whose role allows it to do it under their own name.",
        ),
        ("角色“{role}”无权执行此操作（{action}）。", "未作任何更改。", "请由有权限的人员以本人账户操作。"),
    ),
    "entry.reason_needed": (
        ("This change needs a reason.", "The earlier answer stands.", "Choose or type why it changes."),
        ("此更改须说明理由。", "原答案仍有效。", "请选择或输入更改理由。"),
    ),
    "entry.soft": (
        ("The value is unusual.", "Not saved yet.", "Check it; keep it with a reason or correct it."),
        ("该值不常见。", "尚未保存。", "请核对；说明理由后保留，或更正。"),
    ),
    "entry.hard": (
        ("The value contradicts another answer.", "Not saved; what you typed stays in the field.", "Check both."),
        ("该值与另一答案矛盾。", "未保存；您输入的内容仍在栏中。", "请核对两者。"),
    ),
    "form.unanswered": (
        (
            "{n} items are still open.",
            "Everything answered so far is saved.",
            "Answer them, or give the reason why there is no answer.",
        ),
        ("还有{n}项未作答。", "已作答的内容均已保存。", "请作答，或说明缺失原因。"),
    ),
    "form.closed": (
        ("Nothing can be recorded on this form yet.", "Not saved.", "Its head says what is needed first."),
        ("此表单目前不能录入。", "未保存。", "表头说明了须先完成什么。"),
    ),
    "form.not_repeating": (
        ("There is one form of this kind only.", "Nothing was changed.", "Correct its answers one by one."),
        ("此类表单只有一份。", "未作任何更改。", "请逐项更正其答案。"),
    ),
    "event.not_started": (
        ("The visit has no date yet.", "Nothing was changed.", "Enter the date of the visit first."),
        ("该访视尚无日期。", "未作任何更改。", "请先输入访视日期。"),
    ),
    "event.date_future": (
        ("The visit date lies in the future.", "Nothing was changed.", "Enter the day on which the visit takes place."),
        ("访视日期在将来。", "未作任何更改。", "请输入实际访视日期。"),
    ),
    "event.date_incomplete": (
        ("A visit needs its full date.", "Nothing was changed.", "Enter day, month and year."),
        ("访视须有完整日期。", "未作任何更改。", "请输入年、月、日。"),
    ),
    "event.outside_window": (
        (
            "The date lies outside the window of the visit.",
            "Not saved yet.",
            "Correct the date, or say why; the reason goes into the deviation log.",
        ),
        ("该日期超出访视时间窗。", "尚未保存。", "请更正日期，或说明原因；原因将记入方案偏离记录。"),
    ),
    "event.out_of_order": (
        (
            "The date puts the visits out of their order.",
            "Not saved yet.",
            "Correct the date, or say why; the reason goes into the deviation log.",
        ),
        ("该日期使访视顺序颠倒。", "尚未保存。", "请更正日期，或说明原因；原因将记入方案偏离记录。"),
    ),
    "event.not_needed": (
        (
            "This visit is not needed.",
            "Not saved yet.",
            "Choose another visit, or say why it takes place; the reason goes into the deviation log.",
        ),
        ("该访视无需进行。", "尚未保存。", "请选择其他访视，或说明进行的原因；原因将记入方案偏离记录。"),
    ),
    "event.before_first": (
        (
            "No visit can lie before the first one, at which consent is given.",
            "Nothing was changed.",
            "Check the date, and the date of the first visit.",
        ),
        ("任何访视均不能早于签署知情同意的首次访视。", "未作任何更改。", "请核对该日期及首次访视日期。"),
    ),
    "event.has_data": (
        (
            "Something is recorded at this visit already.",
            "Nothing was changed.",
            "Clear it with a reason first if the visit did not take place.",
        ),
        ("该访视已有记录。", "未作任何更改。", "若该访视确未进行，请先说明理由并清除记录。"),
    ),
    "sign.nothing": (
        ("There is no completed form to sign.", "Nothing was changed.", "Complete the forms first, then sign."),
        ("没有可签名的已完成表单。", "未作任何更改。", "请先完成表单再签名。"),
    ),
    "sign.not_complete": (
        (
            "A form of this visit is not complete.",
            "Nothing was signed.",
            "Complete it, or leave it out of this signature.",
        ),
        ("本次访视有表单未完成。", "未签名。", "请完成该表单，或不将其列入本次签名。"),
    ),
    "sign.not_seen": (
        ("A form changed since you last viewed it.", "Nothing was signed.", "Open it, read it, then sign."),
        ("您查看后有表单发生了更改。", "未签名。", "请打开阅读后再签名。"),
    ),
    "signer.no_file": (
        ("The certificate file cannot be read.", "Nothing was signed.", "Choose it again, or sign with the certificate of the study."),
        ("无法读取证书文件。", "未签名。", "请重新选择文件，或使用本研究的证书签名。"),
    ),
    "sign.not_shown": (
        ("You have not had every page on the screen.", "Nothing was signed.", "Read the pages to their end, then sign."),
        ("尚有页面未在屏幕上显示过。", "未签名。", "请读完全部页面后再签名。"),
    ),
    "sign.changed_since_shown": (
        (
            "Something changed since these pages were drawn.",
            "Nothing was signed.",
            "The pages are drawn anew: read them again, then sign.",
        ),
        ("这些页面生成后有内容发生了更改。", "未签名。", "页面将重新生成，请再次阅读后签名。"),
    ),
    "sign.other_pages": (
        (
            "The PDF that was made does not begin with the pages that were shown.",
            "The signatures stand in the log; no PDF was stored.",
            "Make the PDF again. If it happens twice, tell the study’s support.",
        ),
        ("生成的PDF与已显示的页面不一致。", "签名已写入日志，未存储PDF。", "请重新生成PDF；若再次出现，请联系研究支持人员。"),
    ),
    "subject.unknown": (
        ("There is no such participant in this study.", "Nothing was changed.", "Choose one from the list."),
        ("本研究中没有该受试者。", "未作任何更改。", "请从列表中选择。"),
    ),
    "document.unknown": (
        ("The study does not hold this document.", "Nothing was changed.", "Choose it again from the list."),
        ("本研究中没有该文件。", "未作任何更改。", "请从列表中重新选择。"),
    ),
    "query.text_needed": (
        ("A query needs words.", "Nothing was sent.", "Say what is asked, answered or wrong."),
        ("质疑须填写文字。", "未发送。", "请写明所提问题、答复或原因。"),
    ),
    "query.state": (
        ("The query has moved on meanwhile.", "Nothing was sent.", "Read it again, then decide."),
        ("该质疑的状态已发生变化。", "未发送。", "请重新阅读后再处理。"),
    ),
    "query.no_place": (
        ("There is no such field in this study.", "Nothing was sent.", "Open the form and ask at the field."),
        ("本研究中没有该条目。", "未发送。", "请打开表单，在相应条目处提出。"),
    ),
    "query.choice_needed": (
        ("One of the two values has to be chosen.", "Both stay in the record.", "Choose one and say why."),
        ("须选择其中一个值。", "两者均保留在记录中。", "请选择一个并说明理由。"),
    ),
    "verify.no_answer": (
        ("There is nothing here to compare with the source.", "Nothing was ticked.", "Choose a field with an answer."),
        ("此处没有可与源文件核对的内容。", "未勾选。", "请选择已有答案的条目。"),
    ),
}
