"""Files that are nobody's business but their owner's, and that a folder to be published can hold by mistake."""

from __future__ import annotations

import re
from fnmatch import translate
from pathlib import Path

from campaign.content.problems import Problem
from campaign.reading.access import unreadable

# What programs call the files in which they keep passwords and keys, as their manuals have them.
_NAMES = (
    ".env", ".env.*", ".envrc", ".npmrc", ".yarnrc*", ".pypirc", ".netrc", "_netrc", ".pgpass",
    ".git-credentials", ".htpasswd", ".my.cnf", ".s3cfg", ".boto", ".dockercfg", ".rclone.conf",
    "*.env", ".curlrc", ".wgetrc", ".gitconfig", ".vault-token", "*_history", "*.tfstate*",
    "id_rsa*", "id_dsa*", "id_ecdsa*", "id_ed25519*", "*.ppk", "*.p12", "*.pfx", "*.jks",
    "*.keystore", "*.kdb", "*.kdbx", "*.ovpn", "secrets.y*ml", "secrets.json", "secrets.toml",
    "credentials", "credentials.*", "service-account*.json",
)  # fmt: skip
_FOLDERS = frozenset(
    {
        ".ssh", ".aws", ".gnupg", ".kube", ".docker", ".azure", ".gcloud", ".config", ".cargo",
        ".m2", ".password-store",
    }
)  # fmt: skip
_PRIVATE_NAME = re.compile("|".join(map(translate, _NAMES)), re.IGNORECASE)
# RFC 7468, section 10 and 11, OpenSSH's PROTOCOL.key, RFC 4880, section 6.2, PuTTY's and age's formats.
_PRIVATE_KEY = re.compile(
    rb"-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----|^PuTTY-User-Key-File-"
    rb"|AGE-SECRET-KEY-1",
    re.MULTILINE,
)


def find_problem(file: Path, name: str) -> Problem | None:
    """Return why a file must not be published, None where it may; `name` is its path below the folder."""
    *folders, last = name.split("/")
    if _PRIVATE_NAME.fullmatch(last) and not last.endswith(".pub"):
        what = f"a file called '{last}' holds passwords or keys of a program"
    elif folder := next((it for it in folders if it.lower() in _FOLDERS), ""):
        what = f"a folder called '{folder}' holds passwords or keys of a program"
    else:
        try:
            # In UTF-16, a zero stands beside each letter.
            is_key = _PRIVATE_KEY.search(file.read_bytes().replace(b"\0", b""))
        except OSError as error:
            return unreadable(error)
        if not is_key:
            return None
        what = "this file holds a private key"
    message = f"{what}, and everybody could read it on the site; move it out of this folder"
    return Problem(message)
