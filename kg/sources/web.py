"""Fetch one http(s) address: with a time limit, a size limit and a user agent, nothing but http and https."""

from __future__ import annotations

from dataclasses import dataclass

import httpx

from kg.errors import SourceError

MAX_BYTES = 20_000_000
_TIMEOUT = 20.0
_MAX_REDIRECTS = 5
_USER_AGENT = "newskg (reads one article for a knowledge graph)"


@dataclass(frozen=True, slots=True)
class Page:
    """What an address answered: its bytes, the address after redirects, content type and declared charset."""

    content: bytes
    url: str
    content_type: str
    charset: str | None


def fetch(url: str, *, transport: httpx.BaseTransport | None = None) -> Page | SourceError:
    """Return the page at ``url``, or a SourceError saying why not; ``transport`` stands in for the network."""
    try:
        with (
            httpx.Client(
                transport=transport,
                follow_redirects=True,
                max_redirects=_MAX_REDIRECTS,
                timeout=_TIMEOUT,
                headers={"User-Agent": _USER_AGENT},
                event_hooks={"request": [_refuse_other_schemes]},
            ) as client,
            client.stream("GET", url) as response,
        ):
            return _read(response, url)
    except httpx.TimeoutException:
        return SourceError(
            url, f"no answer within {_TIMEOUT:.0f} seconds; try again, or save the page and give its file"
        )
    except httpx.TooManyRedirects:
        return SourceError(url, f"more than {_MAX_REDIRECTS} redirects; give the final address")
    except httpx.UnsupportedProtocol:
        return SourceError(url, "leads to an address that is not http or https")
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
        return SourceError(url, f"cannot be fetched: {error or type(error).__name__}")


def _refuse_other_schemes(request: httpx.Request) -> None:
    """Raise UnsupportedProtocol where a redirect leads out of the web (to a local file, say), before it is followed."""
    if request.url.scheme not in ("http", "https"):
        raise httpx.UnsupportedProtocol(str(request.url), request=request)


def _read(response: httpx.Response, url: str) -> Page | SourceError:
    if response.status_code >= 400:
        return SourceError(url, f"the server answered {response.status_code} {response.reason_phrase}".rstrip())
    content = bytearray()
    for chunk in response.iter_bytes():
        content += chunk
        if len(content) > MAX_BYTES:
            return SourceError(url, f"more than {MAX_BYTES // 1_000_000} MB; save the article alone and give its file")
    content_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    return Page(bytes(content), str(response.url), content_type, response.charset_encoding)
