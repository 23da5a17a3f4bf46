"""Words about one child: by a letter or initials, by year group, or by name."""

import re

_ONE = r"(?:pupil|child|student|learner|young person|boy|girl)"
_YEAR_GROUP = r"(?:(?:year|yr|y|key stage|ks) ?(?:group )?[0-9]{1,2}|reception|nursery)"
_LABELLED = re.compile(
    rf"(?P<every>\b(?i:every|each|any|no|per|all) )?\b(?P<word>(?i:{_ONE}))(?: {{1,2}}[(\[“\"‘']?| ?[(\[][“\"‘']?)"
    r"(?P<label>(?:[A-Z]\. ?){1,2}[A-Z]\b\.?|[A-Z]{1,2}\b|[xyz]\b(?![.=]| ?[0-9]))(?=(?P<rest>.{0,18}))"
)
_NUMBERED = re.compile(
    rf"(?<!per )(?<!each )(?<!every )\b{_ONE} (?:no\.? ?)?[0-9]{{1,2}}"
    r"(?:\)|:(?![0-9])|['’]s\b| (?:has|had|is|was|now|made|makes|moved|returned|attends|attended|came)\b)",
    re.IGNORECASE,
)
# What follows a letter that is no child's: a level, a scale, a paper; “Q&A”, “A*”, “T-shirt”.
_NOT_A_CHILD = re.compile(r"[-‐–]\w| ?[&*+/=]|[- ](?:levels?|scales?|grades?|codes?|stars?|marks?|of E)\b", re.IGNORECASE)
# Child Q is the subject of a published national review that schools train on.
_PUBLISHED = re.compile(r"\)? (?:case|review|report|training|findings|recommendations)\b", re.IGNORECASE)
_SHORT_FORMS = re.compile(
    r"A[IPS]|BA|C[EPV]|DT|E[PRY]|F[ES]|GP|H[EIR]|I[DT]|KS|L[AD]|MH|NC|OT|P[DEIPR]|Q[AR]|R[ES]|[ST]A|TV|U[KS]|V[IR]"
)
_DOTTED_SHORT_FORMS = re.compile(r"C[EV]|EP|GP|I[DT]|[PR]E|TV|U[KS]")
_GROUP_NAMES = r"(?:groups?|bands?|bosses|power|friendly|teams?|football|rugby|cricket|choir|guides?|scouts?|leaders?)"
_YEAR_AND_SEX = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{_YEAR_GROUP} (?:(?!(?:every|each|any|no|per|and|or) )[\w-]+ )?(?:boy|girl)\b(?!-|(?:['’]s)? {_GROUP_NAMES}\b)",
        rf"\b(?:a|one|this|that|the|our|another) (?:[\w-]+ ){{0,3}}(?:boy|girl) (?:in|from) (?:our |the )?{_YEAR_GROUP}\b",
        r"\b(?:boy|girl) ?[,(] ?(?:in )?(?:year|yr|y) ?[0-9]",
        r"\b(?:a|one|this|our|another) (?:[\w-]+ ){0,2}(?:boy|girl) (?:with|who|whose|aged)\b",
        r"\b[0-9]{1,2}[- ]year[- ]old (?:boy|girl)\b",
        rf"\bone {_YEAR_GROUP} (?:pupil|child|student|learner) (?:with|who|whose|has|had|is|was)\b",
        rf"\bone (?:pupil|child|student|learner) (?:in|from) {_YEAR_GROUP}\b",
    )
)
_NAMED = re.compile(rf"\b(?i:{_ONE}) (?:called|named) [A-Z][a-z]")

# The least that the patterns above ask for: a letter or two behind a word for a child, which is first looked for by its last
# letter; a figure or a name behind it; “one” in front of it or of a year group; “boy” or “girl”.
_WORDS = ("pupil", "child", "student", "learner", "person", "boy", "girl")
_LONGEST = max(map(len, _WORDS))
_LABEL = re.compile(r"[ldtrnyLDTRNY][ (\[“\"‘']{1,3}(?:[A-Z]{1,2}|[xyz])\b")
_FIGURE_OR_NAME = re.compile(rf"(?:{'|'.join(_WORDS)}) (?:(?:no\.? ?)?[0-9]|called |named )")
_JUST_ONE = re.compile(
    r"one (?:(?:pupil|child|student|learner) (?:in|from) |(?:year|yr|y|key stage|ks) ?(?:group )?[0-9]|reception |nursery )"
)


def fold(plain: str) -> str:
    """In small letters, with every i that patterns blind to case take for one."""
    return plain.replace("İ", "i").replace("ı", "i").lower()


def may_describe_one_child(text: str, folded: str) -> bool:
    """Whether it is worth looking: quick, and true wherever `describes_one_child` is. `folded` is the text in small letters."""
    if "boy" in folded or "girl" in folded or _FIGURE_OR_NAME.search(folded) or _JUST_ONE.search(folded):
        return True
    return any(_follows_word(text, match.start() + 1) for match in _LABEL.finditer(text))


def _follows_word(text: str, place: int) -> bool:
    return fold(text[max(0, place - _LONGEST) : place]).endswith(_WORDS)


def describes_one_child(text: str) -> bool:
    """Whether a text speaks of one boy, girl, pupil or child, and not of any or all of them."""
    if any(_is_one_childs(match) for match in _LABELLED.finditer(text)):
        return True
    return any(shape.search(text) for shape in (_NUMBERED, _NAMED, *_YEAR_AND_SEX))


def _is_one_childs(match: re.Match[str]) -> bool:
    """Whether the letter or letters after the word stand for a child."""
    word, written, rest = match["word"], match["label"], match["rest"]
    label = re.sub(r"[. ]", "", written)
    short_forms = _DOTTED_SHORT_FORMS if "." in written else _SHORT_FORMS
    if label == "I" or _NOT_A_CHILD.match(rest) or short_forms.fullmatch(label):
        return False
    if label == "Q" and _PUBLISHED.match(rest):
        return False
    if word.isupper() and len(label) == 2 and "." not in written:  # “EVERY PUPIL IS KNOWN”
        return False
    # “Every Child A Reader”, “GIVE A CHILD A VOICE”
    return not (label == "A" and (match["every"] or word.isupper()) and re.match(r" \w", rest))
