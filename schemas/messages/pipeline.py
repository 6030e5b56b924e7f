"""What is said of documents that cost too much, ended their reader, or were refused by a store or an index."""

from schemas.messages.template import Template

_SPLIT = "请拆分后上传，或提高"

MESSAGES = {
    "program-missing": Template(
        "{purpose} needs the program {program}, which is not installed",
        "读取这份文件须用程序 {program}（{purpose}），本机未安装。请安装。",
    ),
    "program-killed": Template(
        "{program} was killed by {signal}{said}",
        "程序 {program} 被 {signal} 中止{said}",
    ),
    "program-failed": Template(
        "{program} ended with status {status}{said}",
        "程序 {program} 以状态 {status} 结束{said}",
    ),
    "program-timeout": Template(
        "{program} did not end within {seconds:g} s",
        "程序 {program} 未在 {seconds:g} 秒内结束",
    ),
    "input-too-large": Template(
        "is {size:,} bytes, more than the limit input_bytes of {limit:,}; split it or raise GONGKAI_LIMIT_INPUT_BYTES",
        f"文件有 {{size:,}} 字节，超过限制 input_bytes（{{limit:,}}）。{_SPLIT} GONGKAI_LIMIT_INPUT_BYTES。",
    ),
    "object-too-large": Template(
        "{size:,} bytes, more than the {limit:,} of GONGKAI_LIMIT_INPUT_BYTES; split it or raise that limit",
        "文件有 {size:,} 字节，超过 GONGKAI_LIMIT_INPUT_BYTES 的 {limit:,}。请拆分后上传，或提高该限制。",
    ),
    "text-too-long": Template(
        "holds {length:,} characters of text, more than the limit text_characters of {limit:,}; split it",
        "文字有 {length:,} 个，超过限制 text_characters（{limit:,}）。请拆分后上传。",
    ),
    "limit-exceeded": Template(
        "the conversion took more than the limit {limit} of {value:,.12g} ({meaning}); split the document or "
        "raise {setting}",
        f"转换超出限制 {{limit}}（{{value:,.12g}}；{{meaning}}），已停止。{_SPLIT} {{setting}}。",
    ),
    "fork-server-died": Template(
        "the fork server died twice while it converted this document",
        "转换这份文件时，派生进程的服务两次中止。",
    ),
    "reader-ended": Template(
        "the reader ended with status {status}{said}",
        "读取程序以状态 {status} 结束{said}",
    ),
    "reader-killed": Template(
        "the reader was killed by {signal}",
        "读取程序被 {signal} 中止。",
    ),
    "reader-killed-at": Template(
        "the reader was killed by {signal} in {place}",
        "读取程序在 {place} 被 {signal} 中止。",
    ),
    "reader-killed-by-system": Template(
        "the reader was killed by SIGKILL, by somebody or by a system out of memory",
        "读取程序被 SIGKILL 中止：有人中止了它，或系统内存耗尽。",
    ),
    "reader-crashed": Template(
        "{error} in {place}: {said}",
        "读取程序出错（{error}，{place}）：{said}",
    ),
    "set-aside": Template(
        "took its worker down twice and is set aside; `gongkai retry KEY` tries it again",
        "文件两次使处理进程中止，已搁置。可用 `gongkai retry KEY` 重试。",
    ),
    "stage-crashed": Template(
        "{stage} failed on it: {error}; report it as a defect, `gongkai retry KEY` tries it again after an upgrade",
        "处理这份文件时程序出错（{stage}：{error}），不影响其他文件。"
        "请报告此缺陷，升级后可用 `gongkai retry KEY` 重试。",
    ),
    "extract-crashed": Template(
        "a defect of this program: {error}",
        "程序缺陷：{error}",
    ),
    "file-unreadable": Template(
        "cannot be read: {error}",
        "文件无法读取：{error}",
    ),
    "file-forbidden": Template(
        "{path} may not be read; give this user permission to",
        "无权读取 {path}。请给本用户读取权限。",
    ),
    "index-refused": Template(
        "the index refuses a section of it: {error}",
        "索引拒收其中一节：{error}",
    ),
    "text-not-unicode": Template(
        "the text is not Unicode and cannot be indexed: {error}",
        "文字不是 Unicode，无法编入索引：{error}",
    ),
    "text-breaks-off": Template(
        "the text breaks off after 「{tail}」; upload the whole document",
        "正文在「{tail}」之后中断。请上传完整的文件。",
    ),
    "limit-memory": Template("address space of each process, and memory of all of them", "内存"),
    "limit-cpu": Template("CPU time", "CPU 时间"),
    "limit-wall": Template(
        "time from start to end; of scans, beside its pages", "从开始到结束的时间；扫描件的页面另计"
    ),
    "limit-processes": Template("processes and threads of one conversion at once", "同时的进程和线程数"),
    "limit-written": Template("largest file it may write, and all together", "写出的文件大小"),
    "purpose-rar": Template("reading rar archives", "读取 rar 压缩包"),
    "purpose-recognition": Template("recognising pictures of text", "识别图像中的文字"),
    "purpose-old-format": Template("reading this old format", "读取这种旧格式"),
}
