"""Charts as SVG, drawn by the server: numbers in, markup out. Colours and type are the style sheet's."""
