"""Whether Word opens what we write as it stands: our own rules, kept on every document, at next to no cost a document.

A document is a template with its blocks chosen and its values put in. So nearly every rule is settled by the template alone:

1. A part is proved well-formed (`proof.Doubt.WHOLE`) where each branch of each condition and loop is a run of whole siblings.
   What stands in it can then only be: for every condition one of its branches or none, for every loop its branch any number of
   times. Elements never change their parents, so what may stand where (`structure`) is read off the outline once.
2. What an element's children may be is a regular expression over their names. A rule about which comes first, last, or next to
   which is settled by the sets of what may come first, last and next (`sequence`); an order is one of neighbours.
3. Values are text, escaped once: none holds `<` or a double quote. They can make no element and end no attribute. So a tag that
   is left over in a document is one that the template's own text holds.
4. What must be unique, or must be there because something refers to it, is collected with the branches it stands in (`mark`).
   Two of one name in different branches of one condition never meet; one in a loop meets itself; one that holds a value may be
   anything. What the branches cannot settle is a question, asked of each document (`scanning`): its markup is searched for that
   kind of mark alone, which is sound by 3, and the marks are judged as those of any document are (`judging`).
5. What is searched is less still: the pieces of markup that a question is about are noted as they are put out
   (`pipeline.writers.watching`). Whether searching a part, as it is written, finds all that parsing it finds is tried once.
6. Parts that are not filled, and what they refer to, are the template's (`frame`).

A part that is not proved, or has a value where only certain words fit, is parsed and looked at whole for each document.

A template that breaks a rule is not used; a document that does is not made.
"""
