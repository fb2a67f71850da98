"""Which fields of a 360Giving grant enter the records, and which of them a grant has that do not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .book import members
from .values import plain_text

# Fields that enter the records, at least where they can be read. Whatever else a file holds is reported as not mapped.
MAPPED = frozenset(
    [
        "amountAppliedFor", "amountAwarded", "amountDisbursed", "awardDate", "currency", "dataSource",
        "description", "id", "title", "url",
        "actualDates/startDate", "actualDates/endDate",
        "beneficiaryLocation/name", "beneficiaryLocation/description", "beneficiaryLocation/geoCode",
        "beneficiaryLocation/geoCodeType", "beneficiaryLocation/countryCode", "beneficiaryLocation/latitude",
        "beneficiaryLocation/longitude",
        "disbursementTransaction/value", "disbursementTransaction/transactionDate",
        "disbursementTransaction/currency", "disbursementTransaction/description",
        "fundingOrganization/id", "fundingOrganization/name", "fundingOrganization/alternateName",
        "fundingOrganization/addressCountry",
        "grantProgramme/title", "grantProgramme/code", "grantProgramme/description",
        "plannedDates/startDate", "plannedDates/endDate", "plannedDates/duration",
        "recipientOrganization/id", "recipientOrganization/name", "recipientOrganization/alternateName",
        "recipientOrganization/addressCountry",
    ]
)  # fmt: skip
ONE_ONLY = ("fundingOrganization", "grantProgramme", "plannedDates", "actualDates")  # a grant has room for one of each


def not_mapped(item: Mapping[str, Any], filled: set[str]) -> set[str]:
    """The fields of a grant that did not enter the records. `filled`: its paths()."""
    lost = {path for path in filled if path not in MAPPED}
    for role in ("fundingOrganization", "recipientOrganization"):
        identifiers = [plain_text(one.get("id")) for one in members(item, role)]
        for name in ("charityNumber", "companyNumber"):
            numbers = [plain_text(one.get(name)) for one in members(item, role)]
            if all(not number or own.endswith(f"-{number}") for own, number in zip(identifiers, numbers, strict=True)):
                lost.discard(f"{role}/{name}")  # it is the end of the identifier
    return lost | {f"{name} (the second and later)" for name in ONE_ONLY if len(members(item, name)) > 1}
