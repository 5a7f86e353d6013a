"""The default model: built, measured, described in its card."""
