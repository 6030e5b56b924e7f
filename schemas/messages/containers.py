"""What is said of archives and of the files inside a container; the sentences about files have no subject."""

from schemas.messages.template import Template

MESSAGES = {
    "container-empty": Template(
        "the container holds no files; upload it again from its source",
        "压缩包或邮件中没有文件。请从来源处重新获取后上传。",
    ),
    "files-left-out": Template(
        "{count} of the files inside, 「{names}」, were left out: they {cause}",
        "内含文件中有 {count} 个未取出（「{names}」）：{cause}",
    ),
    "files-left-out-at-least": Template(
        "at least {count} of the files inside, 「{names}」, were left out: they {cause}",
        "内含文件中至少有 {count} 个未取出（「{names}」）：{cause}",
    ),
    "files-remarked": Template(
        "{count} of the files inside, 「{names}」, {cause}",
        "内含文件中有 {count} 个（「{names}」）：{cause}",
    ),
    "files-litter": Template(
        "were left by a system or an open program and are no documents",
        "由系统或打开着的程序留下，不是文件。",
    ),
    "files-outside-names": Template(
        "had names that lead outside the container; they were taken for names inside it",
        "名称指向压缩包之外，已按包内名称处理。",
    ),
    "files-at-limit": Template(
        "lie beyond the limit {limit} of {value:,.12g}; split the container or raise {setting}",
        "超出限制 {limit}（{value:,.12g}）。请拆分后上传，或提高 {setting}。",
    ),
    "files-damaged": Template(
        "are damaged ({error})",
        "已损坏（{error}）。请从来源处重新获取文件。",
    ),
    "files-encrypted": Template(
        "are encrypted and none of the configured passwords opens them",
        "设有密码，已配置的密码都不能打开。请去掉密码后重新上传。",
    ),
    "files-encrypted-aes": Template(
        "are encrypted with AES, which is not read; pack them again without a password",
        "以 AES 加密，不能读取。请去掉密码后重新打包。",
    ),
    "files-encrypted-apart": Template(
        "are encrypted; save them apart without a password",
        "设有密码。请去掉密码后另存。",
    ),
    "files-packing-method": Template(
        "are packed by method {method}, which is not read; pack them again as plain zip",
        "压缩方式 {method} 不能读取。请重新打包为普通 zip。",
    ),
    "files-cut-off": Template(
        "end where the archive is damaged or cut off; get it again from its source",
        "位于压缩包损坏或中断之处。请从来源处重新获取文件。",
    ),
    "files-did-not-come-out": Template(
        "did not come out ({cause})",
        "未能取出：{cause}",
    ),
    "files-embedded": Template(
        "are embedded objects or links, which are not read; save them apart",
        "是嵌入的对象或链接，不能读取。请另存为文件。",
    ),
    "files-damaged-or-empty": Template(
        "are damaged or empty",
        "已损坏或为空。请从来源处重新获取文件。",
    ),
    "files-unreadable": Template(
        "cannot be read ({cause})",
        "未能读出：{cause}",
    ),
    "files-not-there": Template(
        "are listed and not there; ask for a fresh copy",
        "列在目录中而实际缺失。请重新索取文件。",
    ),
    "archive-damaged": Template(
        "the {format} archive is damaged ({error}); get it again from its source",
        "{format} 压缩包已损坏（{error}）。请从来源处重新获取文件。",
    ),
    "stream-damaged": Template(
        "the {format} file is damaged ({error}); get it again from its source",
        "{format} 文件已损坏（{error}）。请从来源处重新获取文件。",
    ),
    "7z-password": Template(
        "the 7z archive is encrypted and none of the configured passwords opens it; upload it without a password",
        "7z 压缩包设有密码，已配置的密码都不能打开。请去掉密码后重新上传。",
    ),
    "rar-without-bsdtar": Template(
        "rar archives are read where the program bsdtar (Debian: libarchive-tools) is installed; install it, or pack "
        "the files again as zip",
        "读取 rar 压缩包须安装 bsdtar（Debian：libarchive-tools）。请安装，或重新打包为 zip。",
    ),
    "rar-password": Template(
        "the rar archive is encrypted; upload it without a password",
        "rar 压缩包设有密码。请去掉密码后重新上传。",
    ),
    "rar-kind-unknown": Template(
        "this kind of rar archive is not read ({error}); use zip",
        "暂不支持这一种 rar 压缩包（{error}）。请改用 zip。",
    ),
    "rar-unreadable": Template(
        "the rar archive is encrypted, one volume of several, or damaged ({error}); pack the files as one zip archive",
        "rar 压缩包设有密码、只是分卷之一或已损坏（{error}）。请把文件打包为一个 zip。",
    ),
    "child-did-not-come-out": Template(
        "{path}: its content did not come out of the container",
        "{path} 的内容未能从压缩包中取出。",
    ),
    "nested-too-deep": Template(
        "lies more than {limit} containers deep; unpack it before the upload or raise {setting}",
        "文件位于 {limit} 层以上的压缩包之内。请解开后上传，或提高 {setting}。",
    ),
    "family-too-large": Template(
        "lies in a container with more than {limit} files at all depths; unpack it before the upload or "
        "raise {setting}",
        "文件所在的压缩包各层合计超过 {limit} 个文件。请解开后上传，或提高 {setting}。",
    ),
}
