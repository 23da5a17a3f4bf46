"""An edition of a rubric: its id and its version `N-X`, as in `inclusive-practice 1-0`."""


def is_comparable(one: str, other: str) -> bool:
    """Whether ratings under two editions may be set side by side: the same id and the same N of the version `N-X`."""
    return one.casefold().rpartition("-")[0] == other.casefold().rpartition("-")[0]
