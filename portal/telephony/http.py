"""One POST to a provider, and its trouble as a `Receipt`."""

from __future__ import annotations

import urllib.error
import urllib.request

from portal.telephony.protocol import Reason, Receipt

TIMEOUT_SECONDS = 10


class NoRedirects(urllib.request.HTTPRedirectHandler):
    """A provider that leads elsewhere has taken nothing; and a code goes nowhere but where the operator said."""

    def redirect_request(self, *_: object, **__: object) -> None:
        return None


opener = urllib.request.build_opener(NoRedirects)


def post(url: str, body: bytes, headers: dict[str, str], reasons: dict[str, Reason]) -> Receipt:
    """Send `body`; `reasons` says what the provider's own error codes, found in its answer, mean."""
    try:
        request = urllib.request.Request(url, body, headers, method="POST")  # noqa: S310, the operator's own setting
        with opener.open(request, timeout=TIMEOUT_SECONDS):
            return Receipt(accepted=True)
    except urllib.error.HTTPError as refused:
        answer = refused.read(10_000).decode(errors="replace")
        known = (reason for code, reason in reasons.items() if code in answer)
        return Receipt(accepted=False, reason=next(known, Reason.PROVIDER_DOWN), detail=f"HTTP {refused.code}")
    except (OSError, ValueError) as trouble:
        return Receipt(accepted=False, reason=Reason.PROVIDER_DOWN, detail=type(trouble).__name__)
