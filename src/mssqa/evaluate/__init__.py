"""How right the answers are: cases, metrics, run, report."""
