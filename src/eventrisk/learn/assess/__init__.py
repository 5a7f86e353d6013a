"""How good a model is: rows of what was labelled and found in, plain figures out."""
