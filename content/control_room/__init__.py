"""What an operator sees at a glance: how far every match is, who works, what comes next. Only read, never locked."""
