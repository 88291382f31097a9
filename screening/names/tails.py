"""What trade documents write around a name: `M/S`, `TAX ID 123`, `c/o`, `to the order of`.

Words before a name and references after it are set aside. Words between two names part them: both are
kept, since either may be the listed one.
"""

import re

_LEADS = (
    r"m\s*/\s*[sv]\b\.?",
    r"messrs\b\.?",
    r"m\.?\s?v\.?\s(?!\w\b)",
    r"attn\b\.?:?|attention:",
    r"c\s*/\s*o\b|care of\b",
    r"(?:un)?to (?:the )?order of\b|by order of\b|on behalf of\b",
    r"for (?:the )?account of\b",
    r"(?:consignee|shipper|exporter|importer|notify(?: party)?|buyer|seller):",
)
_BETWEEN = (
    r"c\s*/\s*o|care of",
    r"(?:un)?to (?:the )?order of|by order of|on behalf of|for (?:the )?account of",
    r"attn\b\.?:?",
    r"trading as|t\s*/\s*a|doing business as|d\s*/?\s*b\s*/?\s*a",
    r"formerly(?: known as)?|f\.?\s?/?k\.?\s?/?a\b\.?",
    r"also known as|a\.?\s?/?k\.?\s?/?a\b\.?",
)
_NUMBERED = (
    r"tax\s*(?:id|no|number|payer)|vat|vkn|v\.?k\.?n|tin|ein|eori|trn|crn|iec|gstin|pan",
    r"inn|kpp|ogrn|bin|iin|voen|usci|uscc|imo|lei",
    r"tel|phone|fax",
    r"reg(?:istration)?\.?\s*(?:no|number)?|ticaret sicil no|vergi (?:no|dairesi)",
)
_LEAD = re.compile(rf"^\W*(?:{'|'.join(_LEADS)})\s*")
_SPLIT = re.compile(rf"\W+(?:{'|'.join(_BETWEEN)})\s+")
_REFERENCE = re.compile(
    rf"[\s,;:(\[-]*\b(?:{'|'.join(_NUMBERED)})\b[\s.:#-]*(?:no|number|nr)?[\s.:#-]*"
    r"(?=[a-z0-9]*[0-9]{4})[a-z0-9./-]+[)\]]?"
)
_TAIL = re.compile(r"\W+(?:e-?mail|p\.?\s?o\.?\s?box|address|adres|tel|phone|fax)\b\W.*$")


def parties(lowered: str) -> list[str]:
    """The names in a lower-case text, each without what stands around it."""
    bare = _TAIL.sub("", _REFERENCE.sub(" ", lowered))
    return [_LEAD.sub("", part).strip(" ,;:()[]") for part in _SPLIT.split(bare)]
