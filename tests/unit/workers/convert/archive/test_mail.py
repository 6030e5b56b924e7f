"""Mail: the head is shown and kept as clues, the body read as what it is, attachments become children."""

import base64
from pathlib import Path

import pytest

from schemas.blocks import Converted
from schemas.errors import DocumentError
from schemas.outcomes import Category
from tests.support.builders.containers import contents, messages, read
from tests.support.builders.ole import outlook_message
from workers.convert.mail.page import unfold_flowed

PAGE = "<html><body><h1>关于放假的通知</h1><p>各单位：国庆节放假七天，请做好值班工作。</p></body></html>"


def mail(head: str, body: bytes, *, encoding: str = "utf-8") -> bytes:
    return head.encode(encoding).replace(b"\n", b"\r\n") + b"\r\n\r\n" + body


def texts(converted: Converted) -> list[str]:
    return [block.text for block in converted.blocks if block.role == "body"]


def clues(converted: Converted) -> dict[str, str]:
    return {clue.label: clue.value for clue in converted.clues}


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_raw_headers_and_bodies_are_read_in_the_encoding_they_are_in(tmp_path: Path, encoding: str) -> None:
    head = "From: 张三 <a@b.example>\nTo: 市档案局\nSubject: 关于报送年度报告的函\nDate: Mon, 5 Mar 2012 09:00:00 +0800"
    data = mail(head, "各单位：\n请于三月底前报送年度报告。\n".encode(encoding), encoding=encoding)
    converted = read(tmp_path, data, hint="eml")
    assert converted.container
    assert clues(converted)["title"] == "关于报送年度报告的函"
    assert clues(converted)["From"] == "张三 <a@b.example>"
    first, *rest = texts(converted)
    assert first.splitlines() == [
        "发件人：张三 <a@b.example>",
        "收件人：市档案局",
        "日期：Mon, 5 Mar 2012 09:00:00 +0800",
        "主题：关于报送年度报告的函",
    ]
    assert rest == ["各单位：", "请于三月底前报送年度报告。"]


def test_encoded_words_that_say_gb2312_and_are_cut_inside_a_character_are_read(tmp_path: Path) -> None:
    raw = "关于朱镕基同志讲话的通知".encode("gb18030")
    words = "\n ".join(f"=?gb2312?B?{base64.b64encode(part).decode()}?=" for part in (raw[:7], raw[7:]))
    data = mail(f"From: a@b.example\nTo: c@d.example\nSubject: {words}", b"x")
    assert clues(read(tmp_path, data, hint="eml"))["title"] == "关于朱镕基同志讲话的通知"


def test_of_two_forms_of_a_body_the_page_is_taken_once(tmp_path: Path) -> None:
    head = 'From: a@b.example\nTo: c@d.example\nMIME-Version: 1.0\nContent-Type: multipart/alternative; boundary="x"'
    parts = [("text/plain", "关于放假的通知 各单位"), ("text/html", PAGE)]
    body = "".join(f"--x\r\nContent-Type: {kind}; charset=utf-8\r\n\r\n{text}\r\n" for kind, text in parts)
    converted = read(tmp_path, mail(head, (body + "--x--\r\n").encode()), hint="eml")
    assert texts(converted)[1:] == ["关于放假的通知", "各单位：国庆节放假七天，请做好值班工作。"]
    assert converted.children == ()


def test_attachments_become_children_whatever_form_their_names_are_in(tmp_path: Path) -> None:
    head = 'From: a@b.example\nTo: c@d.example\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="x"'
    word = base64.b64encode("附件一.docx".encode("gb18030")).decode()
    names = [f'filename="=?gb2312?B?{word}?="', "filename*=utf-8''%E9%99%84%E4%BB%B6%E4%BA%8C.pdf"]
    parts = ["Content-Type: text/plain; charset=utf-8\r\n\r\n见附件。"]
    parts += [
        f"Content-Type: application/octet-stream\r\nContent-Disposition: attachment; {n}\r\n\r\nabc" for n in names
    ]
    parts += ["Content-Type: message/rfc822\r\n\r\nSubject: 转发的函\r\nFrom: e@f.example\r\n\r\n内文"]
    body = "".join(f"--x\r\n{part}\r\n" for part in parts) + "--x--\r\n"
    converted = read(tmp_path, mail(head, body.encode()), hint="eml")
    found = contents(tmp_path, converted)
    assert {name: data for name, data in found.items() if name != "转发的函.eml"} == {
        "附件一.docx": b"abc",
        "附件二.pdf": b"abc",
    }
    assert "内文".encode() in found["转发的函.eml"]
    assert (converted.children_expected, texts(converted)[-1]) == (3, "见附件。")


def test_a_malformed_mail_says_so(tmp_path: Path) -> None:
    head = 'From: a@b.example\nTo: c@d.example\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="x"'
    converted = read(tmp_path, mail(head, "--y\r\n\r\n正文\r\n".encode()), hint="eml")
    assert "malformed" in messages(converted)
    assert "正文" in "\n".join(texts(converted))


def test_a_thousand_nested_parts_end(tmp_path: Path) -> None:
    head = "From: a@b.example\nTo: c@d.example\nMIME-Version: 1.0\n"
    nested = "".join(f'Content-Type: multipart/mixed; boundary="{n}"\r\n\r\n--{n}\r\n' for n in range(90))
    converted = read(
        tmp_path, mail(head.rstrip("\n"), b"")[:-4] + b"\r\n" + nested.encode() + b"\r\n\xe5\x86\x85", hint="eml"
    )
    assert converted.format == "eml"


@pytest.mark.parametrize("body", ["请于三月底前报送年度报告。", "<p>请于三月底前报送年度报告。</p>".encode()])
def test_a_message_of_outlook_is_read_with_its_attachments(tmp_path: Path, body: str | bytes) -> None:
    converted = read(
        tmp_path, outlook_message("关于报送材料的通知", body, "市档案局", {"附件一.txt": "附件内容".encode()})
    )
    assert (converted.format, converted.container) == ("msg", True)
    assert texts(converted)[0].splitlines()[:2] == ['发件人："张三" <a@b.example>', "收件人：市档案局"]
    assert clues(converted)["title"] == "关于报送材料的通知"
    assert texts(converted)[-1] == "请于三月底前报送年度报告。"
    assert contents(tmp_path, converted) == {"附件一.txt": "附件内容".encode()}


def test_a_damaged_message_of_outlook_is_corrupt(tmp_path: Path) -> None:
    data = outlook_message("关于报送材料的通知", "正文", "市档案局", {})
    with pytest.raises(DocumentError) as caught:
        read(tmp_path, data.replace("__properties".encode("utf-16-le"), "--properties".encode("utf-16-le"), 1))
    assert caught.value.category is Category.CORRUPT


NAME = "2023年度报告（征求意见稿）附件一.txt"
QUOTED = "".join(f"%{byte:02X}" for byte in NAME.encode())
GBK_QUOTED = "".join(f"%{byte:02X}" for byte in NAME.encode("gb18030"))


@pytest.mark.parametrize(
    "field",
    [
        f'Content-Disposition: attachment; filename="{NAME}"'.encode(),
        f'Content-Disposition: attachment; filename="{NAME}"'.encode("gb18030"),
        f"Content-Disposition: attachment; filename=\"report.txt\"; filename*=UTF-8''{QUOTED}".encode(),
        f"Content-Disposition: attachment; filename*=gb2312''{GBK_QUOTED}; filename=report.txt".encode(),
        f"Content-Disposition: attachment; filename*0*=utf-8''{QUOTED[:30]}; filename*1*={QUOTED[30:]}".encode(),
        f'Content-Type: application/octet-stream; name="{NAME}"\r\nContent-Disposition: attachment'.encode(),
        b'Content-Disposition: attachment; filename="=?utf-8?B?' + base64.b64encode(NAME.encode()) + b'?="',
    ],
)
def test_the_name_of_an_attachment_is_read_however_it_travels(tmp_path: Path, field: bytes) -> None:
    # RFC 2231 (parameters), 6266 4.3 (filename* goes before filename), 2047 (what mailers write all the same)
    head = "From: a@b.example\nTo: c@d.example\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x"
    body = b"--x\r\nContent-Type: text/plain\r\n\r\nsee\r\n--x\r\n" + field + b"\r\n\r\ndata\r\n--x--\r\n"
    assert [child.path for child in read(tmp_path, mail(head, body), hint="eml").children] == [NAME]


@pytest.mark.parametrize(
    ("charset", "codec"),
    [("hz-gb-2312", "hz"), ("utf-7", "utf-7"), ("iso-2022-jp", "iso2022_jp_2"), ("iso-2022-cn", "iso-2022-cn")],
)
@pytest.mark.parametrize("kind", ["plain", "html"])
def test_a_body_in_seven_bits_is_decoded(tmp_path: Path, charset: str, codec: str, kind: str) -> None:
    text = "政府信息公开工作年度报告"
    if codec == "iso-2022-cn":  # RFC 1922: SO and SI around GB 2312, designated by ESC $ ) A
        data = b"\x1b$)A\x0e" + bytes(byte & 0x7F for byte in text.encode("gb2312")) + b"\x0f 2024"
    else:
        data = f"{text} 2024".encode(codec)
    head = f"From: a@b.example\nTo: c@d.example\nSubject: x\nContent-Type: text/{kind}; charset={charset}"
    if kind == "html":
        data = f'<html><head><meta charset="{charset}"></head><body><p>'.encode() + data + b"</p></body></html>"
    assert texts(read(tmp_path, mail(head, data), hint="eml"))[1:] == [f"{text} 2024"]


def test_the_form_of_a_body_that_is_not_shown_is_judged_too(tmp_path: Path) -> None:
    head = "From: a@b.example\nTo: c@d.example\nMIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=x"
    parts = [("text/plain", "证号110101199003070011"), ("text/html", PAGE)]
    body = "".join(f"--x\r\nContent-Type: {kind}; charset=utf-8\r\n\r\n{text}\r\n" for kind, text in parts)
    assert read(tmp_path, mail(head, (body + "--x--\r\n").encode()), hint="eml").unseen == ("证号110101199003070011",)


def test_what_no_mail_program_shows_of_a_head_is_judged_too(tmp_path: Path) -> None:
    head = "From: a@b.example\nTo: c@d.example\nX-Note: =?utf-8?q?=E8=AF=81=E5=8F=B7110101199003070011?="
    assert read(tmp_path, mail(head, "正文。".encode()), hint="eml").unseen == ("证号110101199003070011",)


def one_mail(subject: str, text: str) -> bytes:
    encoded = base64.b64encode(subject.encode()).decode()
    head = f"From: a@b.example\nTo: c@d.example\nSubject: =?utf-8?B?{encoded}?=\nMIME-Version: 1.0\n"
    head += "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n"
    return head.encode() + base64.b64encode(text.encode()) + b"\n"


def test_the_mails_of_a_mailbox_become_children(tmp_path: Path) -> None:
    # RFC 4155: each mail begins with a line "From ", sender and date
    mails = [one_mail("关于报送年度报告的函", "各单位：请报送。"), one_mail("回复/答复", "第二封。")]
    box = b"".join(b"From a@b.example Fri Jan  5 09:00:00 2024\n" + each + b"\n" for each in mails)
    converted = read(tmp_path, box, hint="mbox")
    assert [child.path for child in converted.children] == ["0001 关于报送年度报告的函.eml", "0002 回复／答复.eml"]
    assert converted.blocks == ()
    second = contents(tmp_path, converted)["0002 回复／答复.eml"]
    assert texts(read(tmp_path, second, hint="eml"))[1:] == ["第二封。"]


def test_a_mail_as_apple_mail_keeps_it_is_read(tmp_path: Path) -> None:
    inner = one_mail("关于报送年度报告的函", "各单位：请报送。")
    plist = b'<?xml version="1.0" encoding="UTF-8"?><plist version="1.0"><dict/></plist>'
    converted = read(tmp_path, b"%d  \n" % len(inner) + inner + plist, hint="emlx")
    assert (converted.format, texts(converted)[1:]) == ("emlx", ["各单位：请报送。"])
    with pytest.raises(DocumentError, match="cut off") as caught:
        read(tmp_path, b"%d\n" % (len(inner) + 900) + inner, hint="emlx")
    assert caught.value.category is Category.CORRUPT


@pytest.mark.parametrize(
    ("parameters", "body", "lines"),
    [
        (
            "format=flowed; delsp=yes",
            "关于信息 \r\n公开，请 \r\n执行。\r\n\r\n第二段。",
            ["关于信息公开，请执行。", "第二段。"],
        ),
        ("format=flowed", "Open government \r\ninformation.\r\n", ["Open government information."]),
        ("format=flowed", "第一行。\r\n第二行。\r\n-- \r\n某局", ["第一行。", "第二行。", "--", "某局"]),
        ("format=fixed", "第一行 \r\n第二行", ["第一行", "第二行"]),
    ],
)
def test_lines_that_flow_into_each_other_are_one(tmp_path: Path, parameters: str, body: str, lines: list[str]) -> None:
    # RFC 3676, 4.1 to 4.3: a line that ends with a space goes on in the next; the mark above a signature does not.
    kind = f"Content-Type: text/plain; charset=utf-8; {parameters}"
    head = f"From: a@b.example\nTo: c@d.example\nSubject: x\nMIME-Version: 1.0\n{kind}"
    assert texts(read(tmp_path, mail(head, body.encode()), hint="eml"))[1:] == lines


@pytest.mark.parametrize("delete_space", [False, True])
def test_a_line_that_flows_on_for_long_is_put_together_once(delete_space: bool) -> None:
    class Counted(str):
        copied = 0

        def replace(self, *args: str) -> "Counted":  # type: ignore[override]
            return Counted(str.replace(self, *args))

        def split(self, *args: str) -> "list[Counted]":  # type: ignore[override]
            return [Counted(line) for line in str.split(self, *args)]

        def removeprefix(self, prefix: str) -> "Counted":
            return Counted(str.removeprefix(self, prefix))

        def __add__(self, other: str) -> "Counted":
            Counted.copied += len(self) + len(other)
            return Counted(str.__add__(self, other))

        def __getitem__(self, place: slice) -> "Counted":  # type: ignore[override]
            Counted.copied += len(self)
            return Counted(str.__getitem__(self, place))

    text = "公开 \n" * 500
    assert unfold_flowed(Counted(text), delete_space=delete_space).startswith(
        "公开公开" if delete_space else "公开 公开"
    )
    assert Counted.copied <= len(text)
