"""What a file is that is neither a zip nor an old Office file, by its name and its first bytes."""

import re

from pipeline.readers.zip_guard import ENCODING_MARKS

# How a file begins, where its first bytes say it.
_BYTES = {
    "companion": rb"\x00\x05\x16\x07",
    "pdf": rb"[\s\xef\xbb\xbf]*%PDF-",
    "rtf": rb"\s*\{\\rtf",
    "archive": rb"Rar!\x1a|7z\xbc\xaf|\x1f\x8b|BZh\d1AY|\xfd7zXZ|MSCF\0|.{257}ustar",
    "picture": rb"\x89PNG|\xff\xd8\xff|GIF8|II\*\0|MM\0\*|BM.{4}\0{4}|.{4}ftyp|RIFF.{4}WEBP",
    "program": rb"MZ[^\r\n]?\0|\x7fELF",
    "winmail": rb"\x78\x9f\x3e\x22",
    "link": rb"L\0\0\0\x01\x14\x02\0|bplist00(?=.*https?:)",
    "stub": rb"bplist00",
    "old": rb"\x09[\x00\x02\x04]\x06\0|\x09\0\x04\0",
}
# The same for text, in small letters, without the spaces before it.
_TEXTS = {
    "google": r"\{.*(doc_id|docs\.google\.com|drive\.google\.com)",
    "link": r"\[internetshortcut\]|\[desktop entry\]|<\?xml.*<plist.*<key>url</key>",
    "mhtml": r"(?=.*multipart/related).*(x-document-type: *workbook|snapshot-content-location|saved by)",
    "mail": r"(from |[a-z-]+:)(.*\n)?(from|to|received|mime-version|message-id|return-path):",
    "html": r"(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)?<(!doctype html|html|head|meta|style|script|body|div|table)\b",
    "xml2003": r"<\?xml.*urn:schemas-microsoft-com:office:spreadsheet",
    "xml": r"<\?xml",
    "text": r"",
}
_LOOKS = [(word, re.compile(look, re.DOTALL)) for word, look in _BYTES.items()]
_READINGS = [(word, re.compile(look, re.DOTALL)) for word, look in _TEXTS.items()]
_NAMES = [
    ("lock", re.compile(r"~\$|\.~lock\.")),
    ("companion", re.compile(r"\._")),
    ("stub", re.compile(r".*\.icloud$")),
    ("google", re.compile(r".*\.gsheet$")),
    ("link", re.compile(r".*\.(url|webloc|lnk)$")),
]
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def recognise(content: bytes, name: str) -> str:
    """The word for what is neither zip nor OLE; empty where it cannot be told."""
    head = content[:4_096]
    named = next((word for word, look in _NAMES if look.match(name)), "")
    if named or not content:
        return named or "empty"
    if not content.strip(b"\0"):
        return "zeros"
    # Excel's lock file holds its user's name twice, with its length before each; Word's is three bytes shorter.
    if len(content) in (162, 165) and content[0] == content[len(content) // 3] and 0 < content[0] < 55:
        return "lock"
    looks = next((word for word, look in _LOOKS if look.match(head)), "")
    if looks:
        return looks
    encoding = next((encoding for mark, encoding in ENCODING_MARKS.items() if head.startswith(mark)), "")
    if encoding in ("", "utf-8") and _CONTROLS.search(head):
        return ""
    text = head.decode(encoding or "latin-1", "replace").lstrip("\ufeff \t\r\n").lower()
    return next(word for word, look in _READINGS if look.match(text))
