"""How good a model is: predictions beside gold in, plain figures with intervals out."""
