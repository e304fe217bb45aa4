"""Building permits: JSON with a cursor; then other keys, nested, with another cursor."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Mapping

from lakehouse.demo.site.answer import Answer, Asked
from lakehouse.demo.site.dress.dress import Dress
from lakehouse.demo.site.dress.landing import landing
from lakehouse.demo.site.truth.permits import Permit

PAGE_SIZE = 20


def _flat(asked: Asked) -> Answer | None:
    start = _offset(asked.query.get("cursor", ""))
    if start is None:
        return None
    data = [_flat_permit(permit) for permit in asked.records[start : start + PAGE_SIZE]]
    return _answer({"data": data, "meta": {"total": len(asked.records), "next_cursor": _next(asked, start)}})


def _nested(asked: Asked) -> Answer | None:
    start = _offset(asked.query.get("after", ""))
    if start is None:
        return None
    items = [_nested_permit(permit) for permit in asked.records[start : start + PAGE_SIZE]]
    return _answer({"results": {"permits": items}, "paging": {"after": _next(asked, start)}})


def _flat_permit(permit: Permit) -> dict[str, object]:
    return {
        "permit_number": permit.number,
        "type": permit.kind,
        "status": permit.status,
        "address": permit.address,
        "issued_on": f"{permit.issued:%Y-%m-%d}",
        "valuation": f"${permit.valuation.amount:,}",
        "contractor": permit.contractor,
        "trades": permit.trades,
        "updated_at": f"{permit.updated_at:%Y-%m-%dT%H:%M:%SZ}",
    }


def _nested_permit(permit: Permit) -> dict[str, object]:
    return {
        "id": {"permitNo": permit.number},
        "work": {"category": permit.kind, "trades": ", ".join(permit.trades)},
        "site": {"streetAddress": permit.address},
        "cost": {"amount": str(permit.valuation.amount), "currency": permit.valuation.currency},
        "state": {"label": permit.status, "changed": f"{permit.updated_at:%d.%m.%Y %H:%M:%S}"},
        "dateOfIssue": f"{permit.issued:%d.%m.%Y}",
        "builder": permit.contractor and {"name": permit.contractor},
    }


def _next(asked: Asked, start: int) -> str | None:
    end = start + PAGE_SIZE
    return urlsafe_b64encode(f"offset:{end}".encode()).decode() if end < len(asked.records) else None


def _offset(cursor: str) -> int | None:
    """Return where a cursor points, or None where it is not one of ours."""
    if not cursor:
        return 0
    try:
        word, _, offset = urlsafe_b64decode(cursor).decode().partition(":")
    except (NotBase64, UnicodeDecodeError):
        return None
    return int(offset) if word == "offset" and offset.isdecimal() else None


def _answer(document: Mapping[str, object]) -> Answer:
    return Answer(json.dumps(document, ensure_ascii=False).encode(), "application/json")


DRESSES = {
    1: Dress("/permits", "/api/permits", {"/permits": landing("permits", "v1"), "/api/permits": _flat}),
    2: Dress("/permits", "/api/permits", {"/permits": landing("permits", "v2"), "/api/permits": _nested}),
}
