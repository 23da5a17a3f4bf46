"""The template contract kept: everything that may be wrong with a template, told in an officer's words with its place.

The order of the modules is that of the work: `outline` finds the paragraphs and where they are, `tag` the tags in them, `block`
which end belongs to which beginning; `naming`, `loss` and `table` find what filling would break; `look`, `house_style`,
`reading` and `contrast` what a reader would stumble over; `checking` puts them together and `remark` marks a copy.
"""
