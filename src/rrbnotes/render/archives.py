"""Zip archives, which office files are, without the moment at which they were made: the same parts give the same bytes."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest moment that an archive can say."""
_UNIX = 3


def timeless(data: bytes) -> bytes:
    """The same archive as if it were made at the beginning of time."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as parts, ZipFile(out, "w", ZIP_DEFLATED) as whole:
        for name in parts.namelist():
            member = ZipInfo(name, EPOCH)
            member.create_system, member.compress_type = _UNIX, ZIP_DEFLATED
            whole.writestr(member, parts.read(name))
    return out.getvalue()
