"""What every index promises, against each of them."""

import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from schemas.errors import DocumentError
from schemas.outcomes import Category, Problem, State
from schemas.queries import Query, SearchResult
from schemas.records import RecordKey, document_id
from search.analysis import squeeze
from search.open import open_index
from search.protocol import Index
from tests.contract.disclosures import SENTENCES, record_of, row_of, rows_of, section_text

HOSTILE = [
    '"',
    '"unbalanced “phrase',
    '""',
    "“”",
    "「」『",
    "AND OR NOT",
    "公开 AND (条例 OR",
    "title:公开~2^3 [a TO b] /.*/",
    "\\",
    "*",
    "?" * 50,
    "a" * 10_000,
    "公开" * 5_000,
    '"' + "政府信息" * 2_500 + '"',
    "😀",
    '"😀"',
    "👨‍👩‍👧‍👦 公开",
    "\x00\x01",
    "\ud800",
    "公\ud800开",
    "\ue000",
    "İstanbul ΑΣ ﬁ",
    "〔2017〕号",
    "号(2017)42号",
    " \t\n\u3000",
    "，。！？",
    "' OR 1=1; DROP TABLE documents --",
    '{"query": {"match_all": {}}}',
]


def keys_of(result: SearchResult) -> list[str]:
    return [hit.key for hit in result.hits]


def marked(text: str, marks: tuple[tuple[int, int], ...]) -> list[str]:
    return [text[start:end] for start, end in marks]


class IndexContract:
    """The assertions; a subclass per backend says where a fresh index is."""

    @pytest.fixture
    def url(self) -> str:
        raise NotImplementedError

    @pytest.fixture
    def prefix(self) -> str:
        return "test"

    @pytest.fixture
    def index(self, url: str, prefix: str) -> Iterator[Index]:
        index = open_index(url, prefix=prefix, refresh_seconds=0.5)
        index.bootstrap()
        yield index
        index.close()

    @staticmethod
    def add(index: Index, key: str, *texts: str, **fields: object) -> None:
        rows = [row_of(key, 0, ordinal, text, **fields) for ordinal, text in enumerate(texts)]
        index.replace(record_of(key, rows), rows)

    def test_bootstrap_says_what_it_made_and_makes_it_once(self, url: str, prefix: str) -> None:
        index = open_index(url, prefix=prefix)
        assert index.bootstrap()
        assert index.bootstrap() == []
        assert index.describe()
        index.close()

    def test_a_record_and_its_rows_are_read_back_at_once_as_they_were_given(self, index: Index) -> None:
        key = "年报/2017 年(第1份).docx"
        rows = [
            *rows_of(key, 3, year=2017, issuer="春夏县人民政府", text_original=None, page=3),
            *rows_of(key, 2, article=1, document_number="国办发〔2017〕42号", signed_on="2017-05-09"),
        ]
        record = record_of(
            key,
            rows,
            state=State.PARTIAL,
            category=Category.TIMEOUT,
            problems=(Problem("convert", "page 7 was not read", page=7, lossy=True),),
            flags=("spam",),
            size=12345,
            modified_at=1.5e9,
            seconds=0.25,
        )
        index.replace(record, rows)
        assert index.record(record.id) == record
        assert index.sections(record.id) == rows

    def test_an_unknown_document_has_no_record_and_no_rows(self, index: Index) -> None:
        assert index.record(document_id("nothing")) is None
        assert index.sections(document_id("nothing")) == []

    def test_overwriting_with_fewer_sections_and_articles_leaves_no_old_row(self, index: Index) -> None:
        key = "a.docx"
        old = [*rows_of(key, 30), *rows_of(key, 12, article=1), *rows_of(key, 5, article=2)]
        index.replace(record_of(key, old), old)
        index.refresh()
        assert index.search(Query("")).sections == 47
        new = [*rows_of(key, 4, seed=1), *rows_of(key, 7, seed=1, article=2)]
        index.replace(record_of(key, new, etag="2"), new)
        assert index.sections(document_id(key)) == new
        index.refresh()
        found = index.search(Query("", sections_each=50))
        assert (found.documents, found.sections) == (2, 11)
        index.replace(record_of(key, old, etag="3"), old)
        index.refresh()
        assert index.search(Query("")).sections == 47

    @pytest.mark.parametrize("state", [State.HELD, State.FAILED, State.REMOVED])
    def test_held_failed_and_removed_documents_have_no_rows(self, index: Index, state: State) -> None:
        key = "secret.docx"
        self.add(index, key, "绝密内容不得公开", "第二段")
        index.replace(record_of(key, state=state), [])
        index.refresh()
        assert index.sections(document_id(key)) == []
        for query in (Query("绝密内容"), Query('"绝密内容不得公开"'), Query("")):
            found = index.search(query)
            assert (found.documents, found.sections, found.hits) == (0, 0, ())
        assert index.counts() == {state: 1}
        rows = rows_of(key, 2)
        with pytest.raises(ValueError, match="without sections"):
            index.replace(record_of(key, rows, state=state), rows)

    def test_rows_of_another_document_are_refused(self, index: Index) -> None:
        with pytest.raises(ValueError, match="another document"):
            index.replace(record_of("a"), rows_of("b", 1))

    def test_text_that_is_not_unicode_is_the_documents_own_fault(self, index: Index) -> None:
        rows = [row_of("a", 0, 0, "半个\ud800字符")]
        with pytest.raises(DocumentError, match="Unicode"):
            index.replace(record_of("a", rows), rows)
        self.add(index, "b", "还能继续")
        assert index.record(document_id("a")) is None
        assert index.record(document_id("b")) is not None

    def test_sixteen_threads_replace_at_once_and_all_is_found(self, index: Index) -> None:
        def put(number: int) -> None:
            key = f"文件夹/{number % 40:04}.docx"
            rows = rows_of(key, 3 + number // 40 % 3, seed=number)
            index.replace(record_of(key, rows, etag=str(number)), rows)

        with ThreadPoolExecutor(16) as pool:
            list(pool.map(put, range(120)))
        index.refresh()
        expected = 0
        for number in range(40):
            record = index.record(document_id(f"文件夹/{number:04}.docx"))
            assert record is not None
            rows = rows_of(record.key, 3 + int(record.etag) // 40 % 3, seed=int(record.etag))
            assert index.sections(record.id) == rows
            expected += len(rows)
        found = index.search(Query(""))
        assert (found.documents, found.sections) == (40, expected)

    def test_one_document_replaced_by_many_threads_ends_as_one_of_them(self, index: Index) -> None:
        def put(number: int) -> None:
            rows = rows_of("same.docx", 1 + number % 7, seed=number)
            index.replace(record_of("same.docx", rows, etag=str(number)), rows)

        with ThreadPoolExecutor(16) as pool:
            list(pool.map(put, range(64)))
        record = index.record(document_id("same.docx"))
        assert record is not None
        number = int(record.etag)
        assert index.sections(record.id) == rows_of("same.docx", 1 + number % 7, seed=number)
        index.refresh()
        assert index.search(Query("")).sections == 1 + number % 7

    def test_keys_stream_in_the_order_of_their_bytes(self, index: Index) -> None:
        long = "容器.zip!/" + "很长的文件名" * 2_000
        keys = [
            "a",
            "A",
            "a/b",
            "a b",
            "a-b",
            "é",
            "e\u0301",
            "中",
            "㐀",
            "𠀀",
            "\uffee",
            "😀",
            "z",
            "~",
            "%41",
            "+",
            "!",
            long + "2",
            long,
        ]
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda key: index.replace(record_of(key), []), keys))
        index.refresh()
        ascending = sorted(keys, key=str.encode)
        assert [each.key for each in index.record_keys()] == ascending
        assert list(index.record_keys("a")) == [
            RecordKey(key, f"etag of {key}", State.INDEXED, {"convert": 1, "index": 2})
            for key in ascending
            if key[0] == "a"
        ]
        assert [each.key for each in index.record_keys("容器.zip!/")] == [long, long + "2"]
        assert [each.key for each in index.record_keys(long + "2")] == [long + "2"]
        assert [each.key for each in index.records("a", limit=2)] == ["a", "a b"]

    def test_keys_of_records_tell_what_a_sweep_compares_of_containers(self, index: Index) -> None:
        container = record_of("a.zip", container=True, children_emitted=1, children_mark="0123456789abcdef")
        for record in (container, record_of("a.zip!/b.txt", parent="a.zip")):
            index.replace(record, [])
        index.refresh()
        found = [(each.key, each.parent, each.children_mark) for each in index.record_keys("a.zip")]
        assert found == [("a.zip", None, "0123456789abcdef"), ("a.zip!/b.txt", "a.zip", "")]

    def test_a_listing_longer_than_any_page_is_complete(self, index: Index) -> None:
        keys = [f"{number:05}" for number in range(2_500)]
        with ThreadPoolExecutor(16) as pool:
            list(pool.map(lambda key: index.replace(record_of(key), []), keys))
        index.refresh()
        assert [each.key for each in index.record_keys()] == keys
        assert [each.key for each in index.record_keys("01")] == keys[1000:2000]

    def test_records_are_filtered_and_counted_by_prefix_and_state(self, index: Index) -> None:
        states = {
            "x/1": State.FAILED,
            "x/2": State.INDEXED,
            "x/3": State.HELD,
            "y/1": State.FAILED,
            "x*/4": State.REMOVED,
        }
        for key, state in states.items():
            index.replace(record_of(key, state=state), [])
        index.refresh()
        assert [record.key for record in index.records()] == sorted(states)
        assert [record.key for record in index.records("x/", states=[State.FAILED, State.HELD])] == ["x/1", "x/3"]
        assert [record.key for record in index.records("x*")] == ["x*/4"]
        assert [record.key for record in index.records(limit=2)] == ["x*/4", "x/1"]
        assert index.counts("x/") == {State.FAILED: 1, State.INDEXED: 1, State.HELD: 1}
        assert index.counts() == {State.FAILED: 2, State.INDEXED: 1, State.HELD: 1, State.REMOVED: 1}
        assert index.counts("nothing") == {}

    def test_every_exact_phrase_a_scan_finds_is_found(self, index: Index) -> None:
        dice = random.Random(20261121)
        texts = {f"{number:03}.txt": [section_text(dice) for _ in range(4)] for number in range(25)}
        for key, sections in texts.items():
            self.add(index, key, *sections, title=None)
        index.refresh()
        for _ in range(50):
            text = squeeze(dice.choice(dice.choice(list(texts.values()))))
            start = dice.randrange(len(text) - 2)
            phrase = text[start : start + dice.randint(2, 18)]
            if '"' in phrase:
                continue
            truth = {
                (key, ordinal)
                for key, sections in texts.items()
                for ordinal, section in enumerate(sections)
                if phrase in squeeze(section)
            }
            found = index.search(Query(f'"{phrase}"', size=100, sections_each=100))
            assert {(hit.key, section.ordinal) for hit in found.hits for section in hit.sections} == truth, phrase
            assert found.sections == len(truth)
            assert found.documents == len({key for key, _ in truth})

    def test_a_phrase_is_found_however_a_segmenter_would_cut_it(self, index: Index) -> None:
        for number, text in enumerate(SENTENCES):
            self.add(index, f"{number}", text, title=None)
        index.refresh()
        for phrase in (
            "夏县人民",
            "究生命科",
            "市长江大",
            "公开政",
            "开政府",
            "1268条",
            "PM2.5平均",
            "pm2.5",
            "NB/T10097-2018",
            "率达32.5%",
            "三公经费",
        ):
            truth = {f"{n}" for n, text in enumerate(SENTENCES) if phrase.casefold() in squeeze(text)}
            assert set(keys_of(index.search(Query(f"“{phrase}”", size=50)))) == truth, phrase

    def test_width_case_brackets_and_quotes_do_not_matter(self, index: Index) -> None:
        self.add(index, "a", "按照ＧＢ／Ｔ９７０４—２０１２（试行）的“要求”执行")
        index.refresh()
        for query in (
            "gb/t9704",
            "ＧＢ／Ｔ 9704",
            '"GB/T9704-2012(试行)"',
            '"９７０４－２０１２【试行】"',
            "「的要求」",
        ):
            assert index.search(Query(query)).documents == (0 if query == "「的要求」" else 1), query

    def test_traditional_and_simplified_find_each_other_and_are_shown_as_written(self, index: Index) -> None:
        simplified, original = "当前政府信息公开的资讯与著作", "當前政府信息公開的資訊與著作"
        self.add(
            index,
            "hant",
            simplified,
            text_original=original,
            title="关于资讯公开的条例",
            title_original="關於資訊公開的條例",
        )
        self.add(index, "hans", "当前的资讯公开", title="无关")
        index.refresh()
        for query in ("資訊公開", "资讯公开", '"資訊"', '"资讯"'):
            assert set(keys_of(index.search(Query(query)))) == {"hans", "hant"}, query
        self.add(index, "mixed", "东亞銀行破坏案", title=None)
        index.refresh()
        for query in ("東亞銀行", "东亚银行", '"东亞銀行破坏"', "破壞", "破坏"):
            assert keys_of(index.search(Query(query))) == ["mixed"], query
        hit = next(hit for hit in index.search(Query("當前 著作 條例")).hits if hit.key == "hant")
        text = hit.sections[0].text
        assert text.text == original
        assert marked(text.text, text.marks) == ["當前", "著作"]
        assert hit.title.text == "關於資訊公開的條例"
        assert marked(hit.title.text, hit.title.marks) == ["條例"]

    def test_a_document_number_is_found_in_any_style_its_own_document_first(self, index: Index) -> None:
        self.add(index, "cites", "按照国办发〔2017〕42号文件要求,国办发〔2017〕42号文件要求。", "其他")
        self.add(index, "own", "正文里没有文号", "第二节", document_number="国办发〔2017〕42号")
        self.add(index, "other", "正文里没有文号", document_number="国办发〔2017〕4号")
        index.refresh()
        for typed in (
            "国办发〔2017〕42号",
            "国办发[2017]42号",
            "国办发(2017)42号",
            "國辦發【２０１７】４２號",
            "国办发﹝2017﹞第42号",
            "关于国办发〔2017〕42号",
            "国办发 〔2017〕 42 号",
        ):
            assert keys_of(index.search(Query(typed))) == ["own", "cites"], typed

    def test_all_words_come_first_and_a_question_still_finds_something(self, index: Index) -> None:
        self.add(index, "all", "养老金的发放标准由县级人民政府公布", title=None)
        self.add(index, "some", "养老金按月发放", title=None)
        self.add(index, "none", "环境空气质量", title=None)
        index.refresh()
        found = index.search(Query("请问养老金的发放标准是什么样子的,由哪个县级部门公布呢?"))
        assert keys_of(found)[0] == "all"
        assert "none" not in keys_of(found)
        assert set(keys_of(index.search(Query("养老金 空气质量")))) == {"all", "some", "none"}
        assert keys_of(index.search(Query("养老金 按月"))) == ["some"]

    def test_words_may_stand_in_title_heading_and_text(self, index: Index) -> None:
        self.add(index, "a", "前言", "征收补偿方案", title="房屋拆迁公告", path=("一、实施细则",))
        self.add(index, "b", "房屋", "公告")
        index.refresh()
        found = index.search(Query("拆迁 细则 补偿"))
        assert keys_of(found) == ["a"]
        assert found.hits[0].sections[0].ordinal == 1

    def test_a_title_and_a_heading_weigh_more_than_the_text(self, index: Index) -> None:
        self.add(index, "text", "本办法所称养老保险是指基本养老保险制度的一部分内容", title="某通知")
        self.add(index, "title", "本办法所称制度是指某一部分的内容和其他有关的内容", title="养老保险办法")
        index.refresh()
        assert keys_of(index.search(Query("养老保险"))) == ["title", "text"]

    def test_a_title_typed_back_finds_its_own_document_first(self, index: Index) -> None:
        self.add(
            index, "decree", "烟草专卖法实施条例。根据烟草专卖法制定烟草专卖法实施条例。", title="烟草专卖法实施条例"
        )
        self.add(index, "law", "为实行烟草专卖管理,制定本法。", title="烟草专卖法")
        self.add(index, "third", "为正确适用法律,制定本规定。", title="关于适用《烟草专卖法》若干问题的规定（三）")
        index.refresh()
        assert keys_of(index.search(Query("烟草专卖法")))[0] == "law"
        assert keys_of(index.search(Query("《烟草专卖法》")))[0] == "law"
        assert keys_of(index.search(Query("烟草专卖法实施条例")))[0] == "decree"
        assert keys_of(index.search(Query("关于适用烟草专卖法若干问题的规定(三)")))[0] == "third"

    def test_hits_are_grouped_by_article_with_the_best_sections_under_each(self, index: Index) -> None:
        key = "two.html"
        rows = [
            row_of(key, 0, 0, "无关的前言", title="甲"),
            row_of(key, 0, 1, "信访接待安排", title="甲"),
            row_of(key, 0, 2, "信访信访信访,接待信访", title="甲"),
            row_of(key, 0, 3, "信访工作的其他很长的说明文字,占用一些篇幅,说明信访之外的许多事情", title="甲"),
            row_of(key, 1, 0, "信访条例", title="乙"),
        ]
        index.replace(record_of(key, rows), rows)
        index.refresh()
        found = index.search(Query("信访", sections_each=2))
        assert (found.documents, found.sections, len(found.hits)) == (2, 4, 2)
        hit = next(hit for hit in found.hits if hit.article == 0)
        assert len(hit.sections) == 2
        assert hit.score == hit.sections[0].score >= hit.sections[1].score
        assert all(marked(section.text.text, section.text.marks) for section in hit.sections)
        assert {hit.title.text for hit in found.hits} == {"甲", "乙"}

    def test_pages_join_without_gap_or_overlap(self, index: Index) -> None:
        for number in range(23):
            self.add(index, f"{number:02}", "财政预算" + "公开" * (number % 5), "预算执行")
        index.refresh()
        for text in ("预算", '"预算"', ""):
            pages = [index.search(Query(text, size=5, offset=offset)) for offset in range(0, 30, 5)]
            assert [page.documents for page in pages] == [23] * 6, text
            assert [len(page.hits) for page in pages] == [5, 5, 5, 5, 3, 0]
            assert len({key for page in pages for key in keys_of(page)}) == 23
        assert index.search(Query("预算", offset=50_000)).hits == ()

    def test_filters_narrow_a_search_and_a_listing(self, index: Index) -> None:
        self.add(index, "省/甲/a(1).txt", "公开指南", issuer="甲局", year=2016, signed_on="2016-02-01")
        self.add(index, "省/甲/b.txt", "公开指南", issuer="甲局", year=2017, signed_on="2017-02-01")
        self.add(index, "省/乙/c.txt", "公开指南", issuer="乙局", year=2017, published_on="2017-12")
        self.add(index, "省.甲/d.txt", "公开指南")
        index.refresh()
        for text in ("公开指南", ""):
            assert set(keys_of(index.search(Query(text, issuer="甲局")))) == {"省/甲/a(1).txt", "省/甲/b.txt"}
            assert set(keys_of(index.search(Query(text, year=2017)))) == {"省/甲/b.txt", "省/乙/c.txt"}
            assert keys_of(index.search(Query(text, issuer="甲局", year=2017))) == ["省/甲/b.txt"]
            assert len(index.search(Query(text, prefix="省/")).hits) == 3
            assert keys_of(index.search(Query(text, prefix="省/甲/a(1"))) == ["省/甲/a(1).txt"]
            assert keys_of(index.search(Query(text, prefix="省.甲"))) == ["省.甲/d.txt"]
            assert keys_of(index.search(Query(text, prefix="省/甲" + "很长" * 400))) == []
            assert index.search(Query(text, issuer="甲")).documents == 0

    def test_a_very_long_prefix_still_filters(self, index: Index) -> None:
        folder = "容器.zip!/" + "很长的文件夹" * 60 + "/"
        self.add(index, folder + "a", "公开指南")
        self.add(index, folder + "b", "公开指南")
        self.add(index, "容器.zip!/c", "公开指南")
        index.refresh()
        assert len(index.search(Query("公开", prefix=folder)).hits) == 2
        assert keys_of(index.search(Query("公开", prefix=folder + "b"))) == [folder + "b"]

    def test_an_empty_query_lists_documents_newest_first(self, index: Index) -> None:
        self.add(index, "old", "一", "二", signed_on="2011-01-13")
        self.add(index, "none", "一", "二")
        self.add(index, "new", "一", "二", published_on="2020-05")
        index.refresh()
        found = index.search(Query(""))
        assert keys_of(found) == ["new", "old", "none"]
        assert (found.documents, found.sections) == (3, 6)
        assert [section.ordinal for hit in found.hits for section in hit.sections] == [0, 0, 0]
        assert found.hits[0].sections[0].text.marks == ()

    def test_a_document_without_title_is_shown_by_its_file_name(self, index: Index) -> None:
        self.add(index, "文件夹/通知.doc", "征收公告", title=None)
        index.refresh()
        assert index.search(Query("征收")).hits[0].title.text == "通知.doc"

    def test_no_query_is_an_error(self, index: Index) -> None:
        self.add(index, "a", "政府信息公开条例", issuer="甲")
        index.refresh()
        for text in HOSTILE:
            for query in (
                Query(text),
                Query(text, issuer=text, prefix=text),
                Query(text, size=-5, offset=-3, sections_each=0),
            ):
                assert index.search(query).documents in (0, 1), text[:50]

    def test_a_huge_section_is_searched_and_shown_by_a_snippet(self, index: Index) -> None:
        text = "无标点长文" * 60_000 + "在此处寻找目标词语" + "无标点长文" * 60_000
        self.add(index, "long", text, "甲" * 300_000, "a" * 300_000, title="长文")
        index.refresh()
        section = index.search(Query("目标词语")).hits[0].sections[0]
        assert len(section.text.text) < 300
        assert "目标词语" in "".join(marked(section.text.text, section.text.marks))
        assert index.search(Query('"文在此处寻找目标词语无"')).sections == 1

    def test_a_document_of_many_sections_is_replaced_whole(self, index: Index) -> None:
        key = "statistics.xlsx"
        rows = [row_of(key, 0, ordinal, f"第{ordinal}行数据") for ordinal in range(12_000)]
        index.replace(record_of(key, rows), rows)
        index.refresh()
        assert index.search(Query('"第11999行"')).sections == 1
        assert index.search(Query("")).sections == 12_000
        assert [row.ordinal for row in index.sections(document_id(key))] == list(range(12_000))
        assert index.search(Query("数据")).documents == 1
        index.replace(record_of(key, rows[:3]), rows[:3])
        index.refresh()
        assert index.search(Query("")).sections == 3

    def test_what_was_replaced_is_found_after_the_refresh_time_without_asking(self, index: Index) -> None:
        self.add(index, "a", "信访条例")
        while not index.search(Query("信访")).hits:
            pass
        assert index.search(Query("信访")).documents == 1


class TestTantivy(IndexContract):
    @pytest.fixture
    def url(self, tmp_path: Path) -> str:
        return f"tantivy://{tmp_path}/索引 1"


@pytest.mark.elasticsearch
class TestElasticsearch(IndexContract):
    @pytest.fixture
    def url(self, elasticsearch_url: str) -> str:
        return elasticsearch_url

    @pytest.fixture
    def prefix(self, index_prefix: str) -> str:
        return index_prefix
