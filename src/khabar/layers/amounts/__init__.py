"""Amounts: every number of the text with its value, its bounds and its hedge.

For grammars of other layers there are `NUMBER` and `ORDINAL`, fragments of regular expressions over the folded line, and
`value_of`, which gives the value of what they matched.
"""

from khabar.layers.amounts.finder import Amount, find, parse_number
from khabar.layers.amounts.fragments import NUMBER, ORDINAL, value_of

__all__ = ["NUMBER", "ORDINAL", "Amount", "find", "parse_number", "value_of"]
