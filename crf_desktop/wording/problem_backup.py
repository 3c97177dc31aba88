"""What is said about backups, about restoring one, and about a study that was copied by hand."""

_OLDER = "Nothing was lost: the study and the backups made before are untouched."
_OLDER_ZH = "没有丢失任何内容：研究和此前的备份均未受影响。"
_NOTHING = "No study was made, and the backup is untouched."
_NOTHING_ZH = "未创建研究，备份文件未受影响。"

PROBLEMS = {
    "backup.no_room": (
        ("The disk has too little room for this copy.", _OLDER, "Free {need_mb} MB and try again."),
        ("磁盘空间不足，无法存放此副本。", _OLDER_ZH, "请腾出 {need_mb} MB 空间后重试。"),
    ),
    "backup.stopped": (
        ("The backup was stopped, since the study was closed or its key changed.", _OLDER, "Another one is made by itself."),
        ("研究被关闭或密钥已更换，备份已停止。", _OLDER_ZH, "程序会自动再次备份。"),
    ),
    "backup.unproved": (
        ("The backup was made, but it did not open as it should, so it was thrown away.", _OLDER, "Make another one; if that fails too, verify the study in full and ask the data manager."),
        ("备份已生成，但未能通过打开检验，因此已丢弃。", _OLDER_ZH, "请重新备份；若再次失败，请完整验证研究并联系数据管理员。"),
    ),
    "backup.second_failed": (
        ("The copy at the second place could not be written, or did not read as it was written.", "The backup in the study's own folder is whole and proved.", "Free some space there, or choose another stick; then make a backup now."),
        ("第二位置的副本未能写入，或读回内容不一致。", "研究文件夹中的备份完好并已检验。", "请在该位置腾出空间或更换U盘，然后立即备份。"),
    ),
    "backup.not_read": (
        ("The backup file cannot be read ({reason}).", _NOTHING, "Check that the stick is plugged in and the file is there."),
        ("无法读取备份文件（{reason}）。", _NOTHING_ZH, "请确认U盘已插好且文件存在。"),
    ),
    "backup.not_one": (
        ("This file is not a backup of CRF Desktop.", _NOTHING, "Choose a file whose name ends in .crfbackup."),
        ("此文件不是 CRF Desktop 的备份。", _NOTHING_ZH, "请选择以 .crfbackup 结尾的文件。"),
    ),
    "backup.newer": (
        ("This backup was written by a newer version of the program.", _NOTHING, "Install the newer version and restore it there."),
        ("此备份由更新版本的程序写入。", _NOTHING_ZH, "请安装新版本后再恢复。"),
    ),
    "backup.damaged": (
        ("The backup file is damaged: not every byte is as it was written.", _NOTHING, "Use the backup made before it; keep this file for the data manager."),
        ("备份文件已损坏：内容与写入时不一致。", _NOTHING_ZH, "请使用更早的备份；保留此文件交给数据管理员。"),
    ),
    "backup.altered": (
        ("The backup file was put together by somebody without the study's key.", _NOTHING, "Do not use it. Take a backup from another place, and tell the data manager."),
        ("此备份文件由不持有研究密钥者拼凑而成。", _NOTHING_ZH, "请勿使用。请使用其他位置的备份，并告知数据管理员。"),
    ),
    "backup.place_inside": (
        ("The second place may not be the study's own folder.", "Nothing was changed.", "Choose a folder on a stick or another disk, so that both are not lost together."),
        ("第二备份位置不能是研究自身的文件夹。", "未作任何更改。", "请选择U盘或其他磁盘上的文件夹，以免同时丢失。"),
    ),
    "study.synced_folder": (
        ("The study lies in a folder that {program} copies elsewhere while it changes; that tears an encrypted file apart, and takes it off this computer.", "Nothing was changed.", "Move the whole folder to a place on this computer that no program keeps alike, and open it there."),
        ("研究位于由 {program} 同步的文件夹中；文件变化时被同步会损坏加密文件，并将其传出本机。", "未作任何更改。", "请将整个文件夹移到本机未被任何程序同步的位置，再从那里打开。"),
    ),
    "verify.copied": (
        ("This folder is a copy: it lies on another computer, disk or place than the file last worked in. It goes on under a number of its own, so that nothing given here is given twice.", "Everything in it is kept.", "Work in one of the two; export bundles from both, and merge them."),
        ("此文件夹是副本：其所在电脑、磁盘或位置与上次使用的文件不同。它将以新的编号继续，避免重复发放任何编号。", "其中的内容全部保留。", "请只在其中一份中工作；从两份各导出数据包后合并。"),
    ),
    "verify.earlier_state": (
        ("This is an earlier state of the study: {detail} entries that were saved on this computer are not in it. It goes on under a number of its own.", "Everything in it is kept.", "If a later state exists anywhere (another folder, a backup, a bundle), export it and merge it."),
        ("这是研究的较早状态：曾在本机保存的 {detail} 条记录不在其中。它将以新的编号继续。", "其中的内容全部保留。", "如在别处（其他文件夹、备份、数据包）存有较新的状态，请导出后合并。"),
    ),
}
