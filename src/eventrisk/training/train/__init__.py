"""``train``: labelled releases in, a bundle and an honest report out."""
