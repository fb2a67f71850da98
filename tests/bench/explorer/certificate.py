"""A certificate for one run, and what makes Chromium trust it without switching its cache off."""

from __future__ import annotations

import base64
import hashlib
import ssl
import subprocess
from pathlib import Path

HOST = "localhost"


def make_certificate(folder: Path) -> tuple[Path, Path]:
    """Paths of a certificate of this host and of its key."""
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    named = ["-subj", f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST}"]
    kind = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
    written = ["-keyout", str(key), "-out", str(certificate)]
    subprocess.run(["openssl", "req", *kind, *named, *written], check=True, capture_output=True)
    return certificate, key


def server_context(certificate: Path, key: Path) -> ssl.SSLContext:
    """TLS 1.3 and HTTP/2, nothing older."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.set_alpn_protocols(["h2"])
    context.load_cert_chain(certificate, key)
    return context


def flag_of_trust(certificate: Path) -> str:
    """Chromium's flag. With --ignore-certificate-errors alone it would keep nothing in its cache."""
    public = subprocess.run(
        ["openssl", "x509", "-in", certificate, "-noout", "-pubkey"], check=True, capture_output=True
    )
    pem = public.stdout.decode("ascii").splitlines()
    der = base64.b64decode("".join(line for line in pem if not line.startswith("-----")))
    return f"--ignore-certificate-errors-spki-list={base64.b64encode(hashlib.sha256(der).digest()).decode('ascii')}"
