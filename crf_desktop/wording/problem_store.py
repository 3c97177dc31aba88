"""What is said when the study's file, disk or lock says no."""

_KEPT = "Everything saved so far is kept."
_KEPT_ZH = "此前保存的内容均已保留。"
_TYPED = "What you typed stays in the field; everything saved before is kept."
_TYPED_ZH = "您输入的内容仍在栏中；此前保存的内容均已保留。"
_UNTOUCHED = "Nothing was changed."
_UNTOUCHED_ZH = "未作任何更改。"
_REFUSED = "Nothing was taken over."
_REFUSED_ZH = "未导入任何内容。"

PROBLEMS = {
    "study.not_found": (
        ("There is no study in this folder.", _UNTOUCHED, "Choose a folder whose name ends in .crf, or make a new study."),
        ("此文件夹中没有研究。", _UNTOUCHED_ZH, "请选择以 .crf 结尾的文件夹，或新建研究。"),
    ),
    "study.exists": (
        ("This folder exists already.", _UNTOUCHED, "Choose another name; an existing study is never overwritten."),
        ("该文件夹已存在。", _UNTOUCHED_ZH, "请另选名称；已有研究绝不会被覆盖。"),
    ),
    "study.damaged": (
        ("The study's file is damaged.", _UNTOUCHED, "Do not work on; restore the latest backup and keep this folder for the data manager."),
        ("研究文件已损坏。", _UNTOUCHED_ZH, "请停止使用；恢复最近的备份，并保留此文件夹交给数据管理员。"),
    ),
    "study.denied": (
        ("This account of the computer may not read the study's files.", _UNTOUCHED, "Ask whoever set up the computer for the right to read the folder, or copy it where you may."),
        ("当前电脑账户无权读取研究文件。", _UNTOUCHED_ZH, "请向电脑管理员申请读取权限，或将文件夹复制到有权限的位置。"),
    ),
    "study.log_missing": (
        ("The folder holds the keys but not the data (log.db).", _UNTOUCHED, "Restore the latest backup, or copy the whole folder again."),
        ("文件夹中有密钥，但缺少数据文件（log.db）。", _UNTOUCHED_ZH, "请恢复最近的备份，或重新复制整个文件夹。"),
    ),
    "study.newer": (
        ("This study was written by a newer version of the program.", _UNTOUCHED, "Install the newer version and open it again."),
        ("此研究由更新版本的程序写入。", _UNTOUCHED_ZH, "请安装新版本后再打开。"),
    ),
    "study.locked_by_other": (
        ("The study is open in another window or program (process {pid}, since {since}).", _UNTOUCHED, "Close it there first."),
        ("该研究已在另一个窗口或程序中打开（进程 {pid}，自 {since}）。", _UNTOUCHED_ZH, "请先在那里关闭。"),
    ),
    "study.network_drive": (
        ("The study lies on a network drive, where saving is not safe.", _UNTOUCHED, "Copy the whole folder to a disk of this computer."),
        ("研究位于网络驱动器上，无法安全保存。", _UNTOUCHED_ZH, "请将整个文件夹复制到本机磁盘。"),
    ),
    "study.unfinished_write": (
        ("A save was interrupted, and this place cannot be written to, so it cannot be undone here.", _UNTOUCHED, "Copy the whole folder to a disk that can be written to and open it there."),
        ("有一次保存被中断，而此处无法写入，因此不能在此恢复。", _UNTOUCHED_ZH, "请将整个文件夹复制到可写入的磁盘后再打开。"),
    ),
    "study.no_administrator": (
        ("A study needs an administrator.", "No study was made.", "Add a person with the role administrator."),
        ("研究需要一名管理员。", "未创建研究。", "请添加一名角色为管理员的人员。"),
    ),
    "study.bad_site": (
        ("This is not a site code.", "No study was made.", "Use 1 to 8 capital letters or digits, such as 01."),
        ("中心代码无效。", "未创建研究。", "请使用1至8个大写字母或数字，例如01。"),
    ),
    "study.bad_user": (
        ("An account needs a name of its own, a known role and a password.", "No study was made.", "Use letters and digits for the name, no name twice, and a password that is not empty."),
        ("每个账户须有唯一的用户名、有效的角色和密码。", "未创建研究。", "用户名请用字母和数字且不得重复，密码不能为空。"),
    ),
    "store.disk_full": (
        ("The disk is full.", _TYPED, "Free some space, then leave the field again to save it."),
        ("磁盘已满。", _TYPED_ZH, "请清理磁盘空间，然后再次离开该栏以保存。"),
    ),
    "store.no_room": (
        ("The disk is almost full: no new participant, visit or form is begun.", "Forms that were begun can be finished; everything saved so far is kept.", "Clear the study's disk until at least 50 MB are free, then try again."),
        ("磁盘空间即将用尽：不再新增受试者、访视或表单。", "已开始的表单可以填完；此前保存的内容均已保留。", "请清理研究所在磁盘，使可用空间不少于50 MB，然后重试。"),
    ),
    "store.io": (
        ("The disk could not be written to or read.", _TYPED, "Check that the disk is connected, then try again; if it fails again, make a backup."),
        ("无法读写磁盘。", _TYPED_ZH, "请检查磁盘连接后重试；如仍失败，请立即备份。"),
    ),
    "store.read_only": (
        ("The study is open for reading only.", _TYPED, "To enter data, open it from a place that can be written to."),
        ("该研究以只读方式打开。", _TYPED_ZH, "如需录入数据，请从可写入的位置打开。"),
    ),
    "store.locked": (
        ("Another program holds the study's file.", _TYPED, "Wait a moment and try again; backup and virus programs do this."),
        ("其他程序正在占用研究文件。", _TYPED_ZH, "请稍候重试；备份或杀毒软件会造成这种情况。"),
    ),
    "store.lost_rows": (
        ("Saved entries are missing from the study's file ({n}).", "What is still there can be read. Nothing more is written, so that nothing covers the traces.", "Keep this folder as it is, restore the latest backup, and tell the data manager."),
        ("研究文件缺少已保存的记录（{n}条）。", "现存内容可以查阅；不再写入任何内容，以免掩盖痕迹。", "请原样保留此文件夹，恢复最近的备份，并告知数据管理员。"),
    ),
    "store.witness_missing": (
        ("The witness file, which knows how far the log had come, is missing, damaged or cannot be read: nobody can tell whether entries are missing at the end of the log.", "What is there can be read. Nothing more is written, so that nothing covers the traces.", "If the file “witness” was taken out of this folder, put it back; else restore the latest backup. Where nothing is missing, an administrator goes on with what is there by the command “crf-desktop witness STUDY --reason WHY”."),
        ("见证文件记录日志写到何处，现缺失、损坏或无法读取，因此无法判断日志末尾是否缺少记录。", "现存内容可以查阅；不再写入任何内容，以免掩盖痕迹。", "如果文件“witness”曾被移出此文件夹，请放回；否则请恢复最近的备份。确认无缺失后，管理员可用命令“crf-desktop witness STUDY --reason WHY”在现有内容上继续。"),
    ),
    "store.witness_there": (
        ("The witness file of this study is there and whole.", _UNTOUCHED, "Open the study as usual; there is nothing to decide."),
        ("该研究的见证文件存在且完好。", _UNTOUCHED_ZH, "请照常打开该研究，无需作出决定。"),
    ),
    "store.unsound": (
        ("Something in the study's file is not as it was written.", "Everything can still be read. Nothing more is written, and nothing was repaired.", "See on the study page what was found and which entries are whole. Keep this folder as it is, restore the latest backup, and tell the data manager."),
        ("研究文件中有内容与写入时不符。", "内容仍可查阅；不再写入任何内容，也未作任何修复。", "请在研究页面查看所发现的问题及哪些记录完好。请原样保留此文件夹，恢复最近的备份，并告知数据管理员。"),
    ),
    "store.unverified": (
        ("Not all entries that were here when the study was opened have been checked yet; until then nothing is signed, exported or merged.", _UNTOUCHED, "Wait until the check of the log is over, then do it again."),
        ("打开研究时已有的记录尚未全部核查；在此之前不能签名、导出或合并。", _UNTOUCHED_ZH, "请等日志核查完成后再操作。"),
    ),
    "store.check_no_room": (
        ("The disk has too little room to check the whole log: {need_mb} MB must be free for a while.", _UNTOUCHED, "Free some space, then check again."),
        ("磁盘空间不足，无法核查全部日志：暂时需要{need_mb} MB可用空间。", _UNTOUCHED_ZH, "请清理磁盘后重新核查。"),
    ),
    "store.check_failed": (
        ("The log could not be checked ({kind}).", _UNTOUCHED, "Try it again; if it fails again, lock and unlock, and report the word in brackets."),
        ("日志核查未能完成（{kind}）。", _UNTOUCHED_ZH, "请重试；若仍失败，请锁定后重新解锁，并报告括号中的内容。"),
    ),
    "store.no_right": (
        ("This role may not do that.", _UNTOUCHED, "Ask a person whose role allows it."),
        ("该角色无权进行此操作。", _UNTOUCHED_ZH, "请由有权限的人员操作。"),
    ),
    "store.block_used_up": (
        ("All {size} participant numbers of this laptop are used.", _UNTOUCHED, "Where the study was set up, give this file more: crf-desktop numbers STUDY --for {origin}. Export a bundle there and merge it here."),
        ("本机的{size}个受试者编号已全部用完。", _UNTOUCHED_ZH, "请在建立研究的电脑上为本文件增发编号：crf-desktop numbers STUDY --for {origin}；在那里导出数据包，再于本机合并。"),
    ),
    "store.no_such_file": (
        ("No entry of such a file is held here.", _UNTOUCHED, "Its number stands on its study page, under Versions. Merge a bundle from it first."),
        ("此处没有该文件的任何记录。", _UNTOUCHED_ZH, "其编号见该文件“研究”页的“版本”部分。请先合并来自该文件的数据包。"),
    ),
    "store.invite_elsewhere": (
        ("Invitations are made on the laptop where the study was set up.", _UNTOUCHED, "Make the invitation there; number blocks must not be given away twice."),
        ("邀请只能在建立研究的电脑上生成。", _UNTOUCHED_ZH, "请在那台电脑上生成邀请，以免编号段重复分配。"),
    ),
    "store.not_the_authority": (
        ("Only an administrator where the study was set up can countersign.", _UNTOUCHED, "Log in there as administrator."),
        ("只有建立研究的电脑上的管理员才能签发证书。", _UNTOUCHED_ZH, "请在那台电脑上以管理员身份登录。"),
    ),
    "sign.other_user": (
        ("Only the person who is logged in can sign.", "Nothing was signed.", "Log out, and log in as the person who signs."),
        ("只有当前登录者本人可以签名。", "未签名。", "请退出，并以签名者身份登录。"),
    ),
    "sign.no_key": (
        ("This account has no signing key.", "Nothing was signed.", "Ask the administrator."),
        ("此账户没有签名密钥。", "未签名。", "请联系管理员。"),
    ),
    "bundle.gap": (
        ("The bundle continues rows that are not here yet (have up to {have}, bundle begins at {found}).", _REFUSED, "Merge the earlier bundle of that laptop first."),
        ("该数据包之前的记录尚未导入（已有至第{have}条，数据包自第{found}条起）。", _REFUSED_ZH, "请先合并该电脑此前的数据包。"),
    ),
    "bundle.forked": (
        ("This log has forked: row {seq} of {origin} exists with other content.", _REFUSED, "A copied or restored file was worked on twice; keep both files and tell the data manager."),
        ("日志出现分叉：{origin} 的第{seq}条记录已存在但内容不同。", _REFUSED_ZH, "同一文件的副本被分别使用；请保留两份文件并告知数据管理员。"),
    ),
    "bundle.other_study": (
        ("The bundle belongs to another study.", _REFUSED, "Open the study it belongs to."),
        ("该数据包属于另一项研究。", _REFUSED_ZH, "请打开其所属的研究。"),
    ),
    "bundle.forged": (
        ("Row {seq} of {origin} was not written by a person who had the right to ({fault}).", _REFUSED, "Do not use this bundle; tell the data manager."),
        ("{origin} 的第{seq}条记录并非由有权限的人员写入（{fault}）。", _REFUSED_ZH, "请勿使用此数据包，并告知数据管理员。"),
    ),
    "bundle.malformed": (
        ("The bundle holds something that is not a row of a study ({place}).", _REFUSED, "Ask for the bundle again."),
        ("数据包含有无法识别的内容（{place}）。", _REFUSED_ZH, "请重新索取数据包。"),
    ),
    "bundle.newer": (
        ("The bundle was written by a newer version of the program.", _REFUSED, "Install the newer version and merge it again."),
        ("该数据包由更新版本的程序写入。", _REFUSED_ZH, "请安装新版本后再合并。"),
    ),
    "verify.ok_full": (
        ("All {detail} entries are whole: pages, chain, signatures, rights and current state agree.", "", ""),
        ("全部{detail}条记录完好：页面、链、签名、权限与当前状态一致。", "", ""),
    ),
    "verify.ok_quick": (
        ("The quick check found nothing wrong ({detail} entries in the log; a full check reads them all).", "", ""),
        ("快速检查未发现问题（日志共{detail}条；全面检查会逐条核对）。", "", ""),
    ),
    "verify.ok_recent": (
        ("The last entries are as they were written ({detail} entries in the log).", "", ""),
        ("最近的记录与写入时一致（日志共{detail}条）。", "", ""),
    ),
    "verify.intact": (
        ("Entries 1 to {seq} of {origin} are whole; the last of them was written {detail}.", "", ""),
        ("{origin} 的第1至{seq}条记录完好；其中最后一条写于{detail}。", "", ""),
    ),
    "verify.intact_recent": (
        ("Among the last entries of {origin}, those up to {seq} are whole; that one was written {detail}. A full check tells about all before.", "", ""),
        ("{origin} 最近的记录中，至第{seq}条为止完好；该条写于{detail}。更早的记录须经全面核查。", "", ""),
    ),
    "verify.intact_none": (
        ("Not even the first entry of {origin} is as it was written.", "", ""),
        ("{origin} 从第一条记录起即与写入时不符。", "", ""),
    ),
    "verify.keys_copy": (
        ("One copy of the key file was missing or damaged and was made anew from the other ({detail}).", "", ""),
        ("密钥文件的一份副本缺失或损坏，已由另一份重新生成（{detail}）。", "", ""),
    ),
    "verify.keys_copy_bad": (
        ("One copy of the key file is missing or damaged ({detail}); the other is whole, and the next opening that can write makes it anew.", "", ""),
        ("密钥文件的一份副本缺失或损坏（{detail}）；另一份完好，下次可写入地打开时会重新生成。", "", ""),
    ),
    "verify.log_in_owed": (
        ("This log-in could not be recorded yet ({detail}); it goes in with the next save.", "", ""),
        ("本次登录暂未能记录（{detail}），将随下一次保存写入。", "", ""),
    ),
    "verify.witness_missing": (
        ("The witness file beside the log is missing, damaged or cannot be read, so lost entries could not be noticed at this opening.", "", ""),
        ("日志旁的见证文件缺失、损坏或无法读取，本次打开无法判断是否丢失记录。", "", ""),
    ),
    "verify.witness_renewed": (
        ("The witness file beside the log was missing or damaged. On an administrator's word, which the log keeps, it was made anew.", "", ""),
        ("日志旁的见证文件曾缺失或损坏，已按管理员的决定重新生成，该决定已记入日志。", "", ""),
    ),
    "verify.witness_torn": (
        ("One of the two records of the witness file is damaged, so the loss of the last entry could not be noticed; the next save writes it anew.", "", ""),
        ("见证文件的两条记录之一已损坏，本次无法判断最后一条记录是否丢失；下次保存时会重新写入。", "", ""),
    ),
    "verify.witness_foreign": (
        ("The witness file belongs to another copy of the study.", "", ""),
        ("见证文件属于该研究的另一份副本。", "", ""),
    ),
    "verify.witness_differs": (
        ("Row {seq} of {origin} is not the one that was saved: the log was replaced or rewritten.", "", ""),
        ("{origin} 的第{seq}条记录与保存时不同：日志被替换或改写。", "", ""),
    ),
    "verify.lost_rows": (
        ("{detail} saved entries are missing after row {seq} of {origin}.", "", ""),
        ("{origin} 第{seq}条之后缺少{detail}条已保存的记录。", "", ""),
    ),
    "verify.unreadable": (
        ("Part of the file cannot be read ({detail}).", "", ""),
        ("文件有一部分无法读取（{detail}）。", "", ""),
    ),
    "verify.schema": (
        ("The rules that protect the log were changed ({detail}).", "", ""),
        ("保护日志的规则被更改（{detail}）。", "", ""),
    ),
    "verify.page": (
        ("A page of the file is damaged ({detail}).", "", ""),
        ("文件的一个页面已损坏（{detail}）。", "", ""),
    ),
    "verify.structure": (
        ("The file's structure is damaged ({detail} faults).", "", ""),
        ("文件结构已损坏（{detail}处）。", "", ""),
    ),
    "verify.chain": (
        ("The chain is broken at row {seq} of {origin}: something before it is missing, moved or rewritten.", "", ""),
        ("{origin} 第{seq}条记录处链条断裂：之前的记录缺失、移动或被改写。", "", ""),
    ),
    "verify.row": (
        ("Row {seq} of {origin} was altered after it was written.", "", ""),
        ("{origin} 的第{seq}条记录在写入后被更改。", "", ""),
    ),
    "verify.author_key": (
        ("Row {seq} of {origin} is signed with a key that belongs to nobody in this study.", "", ""),
        ("{origin} 第{seq}条记录的签名密钥不属于本研究的任何人。", "", ""),
    ),
    "verify.author_signature": (
        ("The signature of row {seq} of {origin} does not fit: somebody else wrote or changed it.", "", ""),
        ("{origin} 第{seq}条记录的签名不符：由他人写入或更改。", "", ""),
    ),
    "verify.author_revoked": (
        ("Row {seq} of {origin} is signed with a key that had been withdrawn.", "", ""),
        ("{origin} 第{seq}条记录使用了已撤销的密钥签名。", "", ""),
    ),
    "verify.author_role": (
        ("Row {seq} of {origin} claims a role its author did not have.", "", ""),
        ("{origin} 第{seq}条记录声称的角色并非作者所有。", "", ""),
    ),
    "verify.author_right": (
        ("Row {seq} of {origin} does what its author's role does not allow.", "", ""),
        ("{origin} 第{seq}条记录的操作超出作者角色的权限。", "", ""),
    ),
    "verify.head": (
        ("Current answers differ from the log in {detail} places.", "", ""),
        ("当前答案有{detail}处与日志不符。", "", ""),
    ),
    "verify.form_head": (
        ("The state of {detail} forms differs from the log.", "", ""),
        ("{detail}张表单的状态与日志不符。", "", ""),
    ),
    "verify.document": (
        ("A stored document was altered ({detail}).", "", ""),
        ("一份已存文件被更改（{detail}）。", "", ""),
    ),
}
