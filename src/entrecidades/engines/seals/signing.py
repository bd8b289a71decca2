"""Sign a PDF file with a certificate and its key (PKCS#12), in a process of its own.

The key comes on the child's input, is used, and ends with the child: it is written nowhere. An
authority that is asked for a time stamp is told the hash of the signature, and nothing else.
"""

import json
import subprocess
import sys
from base64 import b64decode, b64encode
from enum import StrEnum
from io import BytesIO
from typing import Any
from urllib.request import Request, urlopen

from entrecidades.engines.seals.child import be_modest, run_apart

#: Seconds for all of it, and for one answer of an authority; bytes of its answer.
PATIENCE, ANSWERED_IN, LONGEST = 60, 10, 100_000
PROGRAM = "entrecidades.engines.seals.signing"


class Trouble(StrEnum):
    """Why a file was not signed."""

    KEY = "key"
    FILE = "file"
    TIME = "time"
    STAMP = "stamp"


class NotSigned(Exception):
    """Nothing was signed; the trouble says why."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble)
        self.trouble = trouble


class NoStamp(Exception):
    """The authority gave no time stamp."""


def sign_apart(
    content: bytes, key: bytes, passphrase: str, *, field: str, authority: str = ""
) -> bytes:
    """The file with one signature more, in a field of that name.

    ``authority`` is the address of one that stamps times (RFC 3161); without one, none is asked.

    Raises
    ------
    NotSigned
        When the key cannot be opened or does not sign, the file cannot be signed, the authority
        gives no time stamp, or it took too long. There is no file without the stamp then.
    """
    asked = {
        "key": b64encode(key).decode(),
        "passphrase": passphrase,
        "field": field,
        "authority": authority,
    }
    try:
        told = run_apart(PROGRAM, json.dumps(asked).encode() + b"\n" + content, patience=PATIENCE)
    except subprocess.TimeoutExpired:
        raise NotSigned(Trouble.TIME) from None
    except (subprocess.SubprocessError, OSError):
        raise NotSigned(Trouble.FILE) from None
    if not told.startswith(b"%PDF"):
        raise NotSigned(Trouble(told.decode() or Trouble.FILE))
    return told


def sign(
    content: bytes, key: bytes, passphrase: str, field: str, stamper: Any = None
) -> bytes | Trouble:
    """The signed file, or why there is none; only for the child, and for tests."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter  # noqa: PLC0415
    from pyhanko.sign import fields, signers  # noqa: PLC0415 - takes a second to load

    try:
        signer = signers.SimpleSigner.load_pkcs12_data(
            key, other_certs=[], passphrase=passphrase.encode() or None
        )
    except Exception:  # noqa: BLE001 - a key may break its reader in any way
        signer = None
    if signer is None or signer.signing_cert is None:
        return Trouble.KEY
    meta = signers.PdfSignatureMetadata(
        field_name=field, subfilter=fields.SigSeedSubFilter.PADES, md_algorithm="sha256"
    )
    try:
        writer = IncrementalPdfFileWriter(BytesIO(content))
        made: bytes = signers.sign_pdf(writer, meta, signer=signer, timestamper=stamper).getvalue()
    except NoStamp:
        return Trouble.STAMP
    except Exception:  # noqa: BLE001 - a key or a file may break the signer in any way
        return Trouble.FILE
    return made


def stamper_at(address: str) -> Any:
    """What asks an authority for time stamps, and believes only what it asked for."""
    from asn1crypto import tsp  # noqa: PLC0415 - likewise
    from pyhanko.sign.timestamps import TimeStamper  # noqa: PLC0415 - likewise

    class Asking(TimeStamper):
        """Asks at an address that the operator names."""

        async def async_request_tsa_response(self, req: Any) -> Any:
            answer = answer_of(address, req.dump())
            return tsp.TimeStampResp.load(answer, strict=True)

        async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> Any:
            try:
                token = await super().async_timestamp(message_digest, md_algorithm)
                info = token["content"]["encap_content_info"]["content"].parsed
                stamped = info["message_imprint"]["hashed_message"].native
            except Exception:  # noqa: BLE001 - what an authority answers may be anything
                raise NoStamp from None
            if stamped != message_digest:
                raise NoStamp
            return token

    asking: Any = Asking
    return asking()


def answer_of(address: str, asked: bytes) -> bytes:
    """What an authority answers, soon and in few words, or an error."""
    told = {"Content-Type": "application/timestamp-query"}
    request = Request(address, data=asked, headers=told)  # noqa: S310 - checked at start
    with urlopen(request, timeout=ANSWERED_IN) as answer:  # noqa: S310 - likewise
        content: bytes = answer.read(LONGEST + 1)
    if len(content) > LONGEST:
        raise NoStamp
    return content


if __name__ == "__main__":
    be_modest()
    line, _break, file = sys.stdin.buffer.read().partition(b"\n")
    told = json.loads(line)
    asking = stamper_at(told["authority"]) if told["authority"] else None
    signed = sign(file, b64decode(told["key"]), told["passphrase"], told["field"], asking)
    sys.stdout.buffer.write(signed.encode() if isinstance(signed, Trouble) else signed)
