"""Sign a PDF file with a certificate and its key (PKCS#12), in a process of its own.

The key comes on the child's input, is used, and ends with the child: it is written nowhere.
"""

import json
import os
import subprocess
import sys
from base64 import b64encode
from enum import StrEnum
from io import BytesIO

#: Seconds.
PATIENCE = 60


class Trouble(StrEnum):
    """Why a file was not signed."""

    KEY = "key"
    FILE = "file"
    TIME = "time"


class NotSigned(Exception):
    """Nothing was signed; the trouble says why."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble)
        self.trouble = trouble


def sign_apart(content: bytes, key: bytes, passphrase: str, *, field: str) -> bytes:
    """The file with one signature more, in a field of that name.

    Raises
    ------
    NotSigned
        When the key cannot be opened or does not sign, the file cannot be signed, or it took
        too long.
    """
    asked = {"key": b64encode(key).decode(), "passphrase": passphrase, "field": field}
    command = [sys.executable, "-m", "entrecidades.engines.seals.signing"]
    wanted = ("PATH", "PYTHONPATH", "VIRTUAL_ENV", "HOME", "LANG", "SYSTEMROOT")
    try:
        made = subprocess.run(  # noqa: S603 - our own program, no words of anybody
            command,
            input=json.dumps(asked).encode() + b"\n" + content,
            capture_output=True,
            timeout=PATIENCE,
            env={name: os.environ[name] for name in wanted if name in os.environ},
            check=True,
        )
    except subprocess.TimeoutExpired:
        raise NotSigned(Trouble.TIME) from None
    except subprocess.SubprocessError:
        raise NotSigned(Trouble.FILE) from None
    if not made.stdout.startswith(b"%PDF"):
        raise NotSigned(Trouble(made.stdout.decode() or Trouble.FILE))
    return made.stdout


def sign(content: bytes, key: bytes, passphrase: str, field: str) -> bytes | Trouble:
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
        made: bytes = signers.sign_pdf(writer, meta, signer=signer).getvalue()
    except Exception:  # noqa: BLE001 - a key or a file may break the signer in any way
        return Trouble.FILE
    return made


if __name__ == "__main__":
    from base64 import b64decode

    line, _break, file = sys.stdin.buffer.read().partition(b"\n")
    told = json.loads(line)
    signed = sign(file, b64decode(told["key"]), told["passphrase"], told["field"])
    sys.stdout.buffer.write(signed.encode() if isinstance(signed, Trouble) else signed)
