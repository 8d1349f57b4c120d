"""How is something sent to an address that somebody wrote down, without being led to where nobody may go?

Only https, and http where the address is loopback and the installation allows it. The name is resolved once, every address
that it has is checked, and the connection is made to the checked address, so that a second look-up cannot lead elsewhere.
Redirects are not followed, the answer is not kept, and after a while the line is cut.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from urllib.parse import SplitResult, urlsplit

from floorwalker.config import Network
from floorwalker.errors import Refused

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

STEP_SECONDS, WHOLE_SECONDS = 10.0, 20.0
MOST_READ = 1024
LONGEST = 500
# IPv6 addresses that stand for one of IPv4 behind a translator.
TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")


class NotSent(Exception):
    """Why nothing was heard, in few words for the log of deliveries."""


def read_url(url: str) -> SplitResult:
    """An address as it was written; Refused where nothing could ever be sent there."""
    expected = "an address such as https://example.org/hook, without a user name"
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise Refused("this address cannot be read", found=url[:80], expected=expected) from error
    fits = parts.scheme in ("https", "http") and parts.hostname and parts.username is None and not parts.fragment
    if not fits or port == 0 or len(url) > LONGEST or not url.isascii() or not url.isprintable() or " " in url:
        raise Refused("nothing can be sent to this address", found=url[:80], expected=expected)
    return parts


def send(url: str, body: bytes, headers: Mapping[str, str], allowed: Sequence[Network]) -> int:
    """Send it, and the status of the answer; NotSent where there is none or nobody may go there."""
    parts = read_url(url)
    host, port = str(parts.hostname), parts.port or (443 if parts.scheme == "https" else 80)
    address = _checked(host, port, parts.scheme, allowed)
    connection = _Pinned(address, host, port, secure=parts.scheme == "https")
    cut = threading.Timer(WHOLE_SECONDS, connection.cut)
    cut.daemon = True
    cut.start()
    try:
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("POST", target, body, {**headers, "Content-Type": "application/json"})
        answer = connection.getresponse()
        answer.read(MOST_READ)
    except (OSError, http.client.HTTPException) as error:
        raise NotSent(f"{type(error).__name__}: {error}"[:150]) from error
    finally:
        cut.cancel()
        connection.close()
    return answer.status


def may_go(address: Address, allowed: Sequence[Network]) -> bool:
    """Whether an address is public, or in one of the networks that the installation allows."""
    meant = _meant(address)
    if any(meant in network or address in network for network in allowed):
        return True
    return meant.is_global and not meant.is_multicast


def _meant(address: Address) -> Address:
    """The address of IPv4 that one of IPv6 stands for, where it does."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address in TRANSLATED:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address


def _checked(host: str, port: int, scheme: str, allowed: Sequence[Network]) -> str:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NotSent("there is no such host") from error
    addresses = [ipaddress.ip_address(str(row[4][0]).partition("%")[0]) for row in found]
    if not addresses or not all(may_go(address, allowed) for address in addresses):
        raise NotSent("it leads into a network that is not allowed (FLOORWALKER_WEBHOOK_NETWORKS)")
    if scheme == "http" and not all(_meant(address).is_loopback for address in addresses):
        raise NotSent("it is not encrypted: only https leaves this machine")
    return str(addresses[0])


class _Pinned(http.client.HTTPConnection):
    """A connection to an address that was checked, in the name of the host that was asked for."""

    def __init__(self, address: str, host: str, port: int, *, secure: bool) -> None:
        super().__init__(host, port, timeout=STEP_SECONDS)
        self._address, self._secure = address, secure
        if secure:
            self.default_port = http.client.HTTPS_PORT

    def connect(self) -> None:
        """Connect to the checked address; over TLS the certificate must be the host's."""
        line = socket.create_connection((self._address, self.port), self.timeout)
        if not self._secure:
            self.sock = line
            return
        try:
            self.sock = ssl.create_default_context().wrap_socket(line, server_hostname=self.host)
        except BaseException:
            line.close()
            raise

    def cut(self) -> None:
        """End a conversation that takes too long, from another thread."""
        if self.sock is not None:
            with suppress(OSError):
                self.sock.shutdown(socket.SHUT_RDWR)
