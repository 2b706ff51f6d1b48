"""What a workspace holds, in the formats of others: `FORMATS` names them, `write` writes one.

Every format is a module with `write(contents, out)`, which gives how many rows it wrote. All of them stream: what is in memory
is a part of a listing, however much the workspace holds.
"""

from khabar.exports.contents import Options
from khabar.exports.registry import FORMATS, CannotExport, File, Format, file_of, write

__all__ = ["FORMATS", "CannotExport", "File", "Format", "Options", "file_of", "write"]
