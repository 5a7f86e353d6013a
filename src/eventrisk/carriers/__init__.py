"""What carries a release and is none of it: submission files, encoded parts, transfer encodings,
front matter. Syntax alone, standard library alone; all offsets are half-open, into the text given.
"""
