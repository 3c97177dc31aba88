"""The window: the only floor that knows Qt."""

from crf_desktop.ui.immortal import make_immortal

make_immortal()
