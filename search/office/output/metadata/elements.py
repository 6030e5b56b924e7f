"""The 18 elements of the core metadata of GB/T 33480-2016, filled from an article's record.

Only the Chinese names of the elements could be read in public; their English names, obligations, codes and the
namespace could not, and are left out. 发文机关标志 and 署名 are both taken from the one reading of 发文机关.
"""

from schemas.articles import Article
from schemas.records import ArticleSummary

ELEMENTS = (
    "公文标识", "文种", "份号", "密级和保密期限", "紧急程度", "发文机关标志", "发文字号", "签发人", "标题",
    "主送机关", "附件说明", "署名", "成文日期", "附注", "抄送机关", "印发机关", "印发日期", "发布层次",
)  # fmt: skip

Values = dict[str, tuple[str, ...]]


def read_elements(summary: ArticleSummary, article: Article | None) -> Values:
    """Return the values of each element, in the order of the standard; none if the document does not say.

    Args:
        summary: Of the article.
        article: Of the extract artefact, masked; None once that is gone, and then only what the summary has is known.
    """
    issuers = tuple(filter(None, (summary.issuer, *(article.co_issuers if article else ()))))
    known: dict[str, tuple[str | None, ...]] = {
        "文种": (summary.kind,),
        "发文机关标志": issuers,
        "发文字号": (summary.document_number,),
        "标题": (None if summary.title_derived else summary.title,),
        "署名": issuers,
        "成文日期": (summary.signed_on,),
    }
    if article is not None:
        known |= {
            "公文标识": (article.identifier,),
            "份号": (article.copy_number,),
            "密级和保密期限": (article.secrecy,),
            "紧急程度": (article.urgency,),
            "签发人": (article.signatory,),
            "主送机关": (article.addressees,),
            "附件说明": article.attachments,
            "附注": (article.note,),
            "抄送机关": (article.copied_to,),
            "印发机关": (article.printed_by,),
            "印发日期": (article.printed_on,),
            "发布层次": (article.release_level,),
        }
    return {name: tuple(value for value in known.get(name, ()) if value) for name in ELEMENTS}
