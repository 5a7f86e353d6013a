"""``suggest``: which releases to label next, and why."""
