"""Arabic as written: folding, tokens, sentences and proclitics. Nothing here knows what a word means."""

from khabar.script.clitics import Parting, partings
from khabar.script.fold import fold
from khabar.script.text import Span, Text, Token

__all__ = ["Parting", "Span", "Text", "Token", "fold", "partings"]
