"""Places, countries and known names, with their Latin forms."""
