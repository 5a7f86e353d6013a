"""The labelled releases: read, checked, measured for diversity."""
