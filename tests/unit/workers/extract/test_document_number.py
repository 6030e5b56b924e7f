import pytest

from tests.support.builders.clean_documents import read
from workers.extract.grammar.document_number import find_document_number, read_document_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("国办发〔2017〕42号", "国办发〔2017〕42号"),
        ("国办发[2017]第42号", "国办发〔2017〕42号"),
        ("国办发【2017】４２号", "国办发〔2017〕42号"),
        ("穗人社规字（2019） 6号", "穗人社规字〔2019〕6号"),
        ("国令第706号", "国令第706号"),
        ("国家税务总局公告2019年第5号", "国家税务总局公告2019年第5号"),
    ],
)
def test_a_document_number_is_brought_into_one_form(text: str, number: str) -> None:
    assert read_document_number(text) == number


def test_a_sentence_is_no_document_number_though_it_cites_one() -> None:
    text = "根据《通知》（国办发〔2017〕42号）精神，制定本方案。"
    assert read_document_number(text) is None
    assert find_document_number(text) == "国办发〔2017〕42号"


def test_a_number_cited_in_the_text_is_not_the_documents_own() -> None:
    article = read("某局关于做好工作的通知", "各科室：", "根据国办发〔2017〕42号文件精神，现通知如下。")
    assert article.document_number is None


def test_the_number_below_the_title_is_the_documents_own() -> None:
    article = read("某局关于做好工作的通知", "某局发[2018]第7号", "各科室：", "现通知如下。")
    assert article.document_number == "某局发〔2018〕7号"
    assert "某局发" not in article.preamble
