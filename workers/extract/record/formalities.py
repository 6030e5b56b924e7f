"""Adds to an article the elements of GB/T 9704 beyond title, issuer, number and dates, and its region and kind."""

from collections.abc import Mapping
from dataclasses import replace

from schemas.articles import Article
from workers.extract.record.co_issuers import beside
from workers.extract.record.facts import Fact
from workers.extract.record.genre import read_genre
from workers.extract.record.region import read_region

_REGION_CONFIDENCE = 0.8


def with_formalities(article: Article, record: Mapping[str, Fact]) -> Article:
    """Return the article with its formal elements, each with its evidence."""
    genre = record.get("genre") or read_genre(article.title)
    region = read_region(article.issuer)
    derived = [genre] if genre and "genre" not in record else []
    if region and article.issuer:
        derived.append(Fact("region", region, article.issuer, "issuer", _REGION_CONFIDENCE))

    def value(field: str) -> str | None:
        return record[field].value if field in record else None

    co_issuers = beside(article.issuer, record.get("co_issuers"))
    evidence = article.evidence + tuple(fact.evidence for fact in derived)
    return replace(
        article,
        co_issuers=co_issuers,
        signatory=value("signatory"),
        addressees=value("addressees"),
        copied_to=value("copied_to"),
        identifier=value("identifier"),
        copy_number=value("copy_number"),
        note=value("note"),
        release_level=value("release_level"),
        printed_by=value("printed_by"),
        printed_on=value("printed_on"),
        purchaser=value("purchaser"),
        agent=value("agent"),
        secrecy=value("secrecy"),
        urgency=value("urgency"),
        effective_on=value("effective_on"),
        expires_on=value("expires_on"),
        validity=value("validity"),
        topic=value("topic"),
        genre=genre.value if genre else None,
        region=region,
        evidence=tuple(item for item in evidence if item.field != "co_issuers" or co_issuers),
    )
