"""What may be uploaded at all. Kept apart from the checks, because the settings read it before Django is ready."""

PICTURE_EXTENSIONS = ("jpg", "jpeg", "png", "webp", "gif")
PICTURE_MAX_BYTES = 10 * 1024 * 1024
PICTURE_MAX_PIXELS = 40_000_000

DOCUMENT_EXTENSIONS = ("pdf", "docx", "xlsx", "pptx", "odt", "ods", "odp", "csv", "txt")
DOCUMENT_MAX_BYTES = 20 * 1024 * 1024
