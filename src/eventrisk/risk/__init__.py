"""Which clauses of forward-looking text are risk language, and what they are about. Pure."""
