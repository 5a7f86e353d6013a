"""Speed, memory and other tools, measured on the same texts."""
