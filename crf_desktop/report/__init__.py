"""Paper and PDF: the visit summary, its signature, and the check of a file without its study."""
