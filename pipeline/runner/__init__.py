"""One cycle from start to finish: the one place that knows the order."""
