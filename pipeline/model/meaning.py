"""What a name that a template may use stands for, in words for the person who writes templates in Word."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Meaning:
    """One name: what it stands for, and an example of what is printed. `each` is what one of a list is usually called in a
    loop; it is empty where the name is no list."""

    text: str
    example: str = ""
    each: str = ""
