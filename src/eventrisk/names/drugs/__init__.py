"""Which words are drugs: known names, stems, code patterns, orthography, and what the words around
say. Pure.
"""
