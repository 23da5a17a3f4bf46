"""Pure policy: answers in, ratings and opportunities out. Every number and word comes from the rubric."""
