"""Checksums of blocks: the time is OpenSSL's."""

import hashlib

block = bytes(range(256)) * 4096
digest = hashlib.sha256()
for k in range(900):
    digest.update(block)
print(digest.hexdigest())
