"""CRF Desktop: case report forms at the bedside, offline, encrypted and signed."""

__version__ = "0.1.0"
