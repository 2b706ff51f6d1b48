"""How an article arrives: one module a kind of input. Sources know only the record."""
