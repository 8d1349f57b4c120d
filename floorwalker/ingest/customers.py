"""Which key stands for a customer? A keyed hash of the normalised number or address; nothing else is kept.

Numbers are normalised to E.164 with the site's country. Most need no more than a look at their country's numbering
plan, taken from the phonenumbers library's own metadata (a log holds hundreds of thousands, and the library takes ten
times as long for each); every other form goes to the library itself, and a test compares the two.
"""

from __future__ import annotations

import hmac
import re
import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import phonenumbers
import pyarrow as pa
from phonenumbers import PhoneMetadata
from phonenumbers.phonenumberutil import NumberParseException

from floorwalker.config import make_private, replace_private
from floorwalker.errors import ConfigError
from floorwalker.facts.keys import KEY_BYTES
from floorwalker.facts.tables import KEY, TEXT
from floorwalker.ingest.distinct import by_distinct

UNKNOWN = frozenset(
    {"", "anonymous", "unknown", "unavailable", "private", "withheld", "restricted", "none", "null", "<unknown>", "n/a"}
)
SECRET_BYTES = 32
ERASED_FILE = "erased-customers.txt"
_INTERNATIONAL = re.compile(r"\+([1-9]\d{6,14})\Z")


class CustomerKeys:
    """Turns the source's text for a customer into a key, with a secret that only this installation has."""

    def __init__(self, secret: bytes, erased: frozenset[bytes] = frozenset()) -> None:
        self._secret = secret
        self._erased = erased

    def key(self, text: str, country: str | None) -> bytes | None:
        """The key of one customer; None when nobody in particular is meant, or when she asked to be forgotten."""
        key = self.key_before_erasure(text, country)
        return None if key in self._erased else key

    def key_before_erasure(self, text: str, country: str | None) -> bytes | None:
        """The key that stands, or stood, for a customer; None when nobody in particular is meant."""
        address = normalise(text, country)
        return None if address is None else hmac.digest(self._secret, address.encode(), "sha256")[:KEY_BYTES]

    def pseudonyms(self, texts: pa.ChunkedArray) -> pa.ChunkedArray:
        """What stands for a customer's text where it is part of an id: without the secret nobody can try numbers.

        The same before and after she is erased, so that an event that is known is known again; null where text is null.
        """
        return by_distinct(texts, lambda text: hmac.digest(self._secret, text.encode(), "sha256").hex(), TEXT)

    def column(self, texts: pa.ChunkedArray, country: str | None) -> pa.ChunkedArray:
        """A column of texts as a column of keys."""
        return by_distinct(texts, lambda text: self.key(text, country), KEY)

    def without_erased(self, keys: pa.ChunkedArray) -> pa.ChunkedArray:
        """A column of keys without those of customers who asked to be forgotten."""
        return by_distinct(keys, lambda key: None if key in self._erased else key, KEY)


def open_customer_keys(folder: Path, *, lake_has_rows: bool) -> CustomerKeys:
    """The secret of this installation, made once; refused when it is missing although the lake holds rows keyed by it."""
    path = folder / "customers.key"
    if not path.exists():
        if lake_has_rows:
            raise ConfigError(
                "the secret that turns customers into keys is missing",
                where=str(path),
                found="no such file, although the lake holds facts",
                expected="the file that this installation made with its first load",
                mend="restore it from the backup of the keys; with a new one every customer would look like somebody else",
            )
        _begin_list(folder)
        make_private(path, secrets.token_bytes(SECRET_BYTES))
    elif not lake_has_rows:
        _begin_list(folder)
    secret = path.read_bytes()
    if len(secret) != SECRET_BYTES:
        raise ConfigError(
            "the secret that turns customers into keys is damaged",
            where=str(path),
            found=f"{len(secret)} bytes",
            expected=f"{SECRET_BYTES} bytes",
            mend="restore it from the backup of the keys",
        )
    return CustomerKeys(secret, read_erased(folder))


def _begin_list(folder: Path) -> None:
    """An empty list of erased customers, made with the secret: one that is missing later was lost."""
    if not (folder / ERASED_FILE).exists():
        make_private(folder / ERASED_FILE, b"")


def read_erased(folder: Path) -> frozenset[bytes]:
    """The keys of customers who asked to be forgotten."""
    path = folder / ERASED_FILE
    try:
        return frozenset(bytes.fromhex(line) for line in path.read_text(encoding="ascii").split())
    except FileNotFoundError as error:
        raise ConfigError(
            "the list of erased customers is missing",
            where=str(path),
            found="no such file, although the lake holds facts",
            expected="the file that this installation made with its first load",
            mend="restore it from the backup of the keys: without it, loads would bring erased customers back; "
            "only where nobody was ever erased, an empty file of that name will do",
        ) from error
    except ValueError as error:
        raise ConfigError(
            "the list of erased customers is damaged",
            where=str(path),
            found=str(error),
            expected=f"{2 * KEY_BYTES} hexadecimal digits a line",
            mend="restore it from the backup of the keys: without it, loads would bring erased customers back",
        ) from error


def remember_erased(folder: Path, keys: Collection[bytes]) -> None:
    """Add keys to the list that every load reads; it is on the disk when this returns, whole or as it was before."""
    erased = sorted(read_erased(folder) | frozenset(keys))
    replace_private(folder / ERASED_FILE, "".join(f"{key.hex()}\n" for key in erased).encode())


def normalise(text: str, country: str | None) -> str | None:
    """One spelling for one customer: E.164 for numbers, lower case for addresses; None for nobody in particular."""
    text = text.strip()
    if text.lower() in UNKNOWN:
        return None
    if "@" in text and not text.startswith(("sip:", "tel:")):
        return text.lower()
    number = text.removeprefix("tel:").removeprefix("sip:").split("@")[0]
    return _plain_international(number) or _plain_national(number, country) or _by_library(number, country)


def _plain_international(number: str) -> str | None:
    """The number itself where the library would change nothing: +, country code, and no national prefix after it."""
    match = _INTERNATIONAL.match(number)
    if match is None:
        return None
    digits = match.group(1)
    for length in (1, 2, 3):
        prefix = _national_prefixes().get(digits[:length])
        if prefix is not None:
            national = digits[length:]
            return number if len(national) >= 4 and national[0] != "0" and not prefix.match(national) else None
    return None


@dataclass(frozen=True)
class _NumberingPlan:
    """What the library knows of a country's numbers: their code, prefixes (as patterns), form and possible lengths."""

    code: str
    international: re.Pattern[str]
    national: re.Pattern[str]
    form: re.Pattern[str]
    lengths: frozenset[int]


def _plain_national(number: str, country: str | None) -> str | None:
    """A national number of digits alone, where the library would do no more than take the national prefix off.

    Where the country is not known it is left as it is written.
    """
    if country is None and number.isascii() and number.isdigit():
        return number
    plan = _numbering_plan(country)
    if plan is None or not (number.isascii() and number.isdigit() and 6 <= len(number) <= 15):
        return None
    if number.startswith(plan.code) or plan.international.match(number):
        return None
    prefix = plan.national.match(number)
    if prefix is None:
        return f"+{plan.code}{number}"
    rest = number[prefix.end() :]
    if len(rest) not in plan.lengths or plan.form.fullmatch(number):
        return None
    return f"+{plan.code}{rest}"


@lru_cache(maxsize=16)
def _numbering_plan(country: str | None) -> _NumberingPlan | None:
    metadata = PhoneMetadata.metadata_for_region(country) if country else None
    if metadata is None or metadata.national_prefix_transform_rule or metadata.general_desc is None:
        return None
    never = r"(?!)"
    return _NumberingPlan(
        str(metadata.country_code),
        re.compile(metadata.international_prefix or never),
        re.compile(metadata.national_prefix_for_parsing or never),
        re.compile(metadata.general_desc.national_number_pattern or never),
        frozenset(metadata.general_desc.possible_length or ()),
    )


@lru_cache(maxsize=1)
def _national_prefixes() -> Mapping[str, re.Pattern[str]]:
    """By country code, what the library would strip from the front of a national number."""
    prefixes: dict[str, re.Pattern[str]] = {}
    for code, regions in phonenumbers.COUNTRY_CODE_TO_REGION_CODE.items():
        metadata = PhoneMetadata.metadata_for_region_or_calling_code(code, regions[0])
        if metadata is not None:
            prefixes[str(code)] = re.compile(metadata.national_prefix_for_parsing or r"(?!)")
    return prefixes


def _by_library(number: str, country: str | None) -> str:
    try:
        parsed = phonenumbers.parse(number, country)
    except NumberParseException:
        return number.lower()
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
