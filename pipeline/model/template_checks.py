"""What may be wrong with a template. Errors are what would lose text or break a plan; they stop a run before it begins."""

from pipeline.model.check import Check, Severity

_E, _W = Severity.ERROR, Severity.WARNING

TEMPLATE_CHECKS = (
    # The file.
    Check("TP400", _E, "The template is not a Word document that can be filled", "{remedy}"),
    Check("TP401", _E, "The template is not safe to open", "{remedy}"),
    # Tags.
    Check("TP402", _E, "There is no such name", "{remedy}"),
    Check("TP403", _E, "A tag is not closed", "{remedy}"),
    Check("TP404", _E, "A tag is torn apart", "{remedy}"),
    Check("TP405", _E, "A condition or loop has no end", "{remedy}"),
    Check("TP406", _E, "A condition or loop ends that was never begun", "{remedy}"),
    Check("TP407", _E, "Two conditions or loops cross", "{remedy}"),
    Check("TP408", _E, "A condition or loop begins in one place and ends in another", "{remedy}"),
    Check(
        "TP409",
        _E,
        "Text beside a paragraph tag would vanish",
        "Move it into a paragraph of its own: {tag} takes its whole paragraph.",
    ),
    Check("TP410", _E, "Text beside a row tag would vanish", "Move it into a row of its own: {tag} takes its whole {whole}."),
    Check("TP411", _E, "A tag for rows or cells stands outside a table", "{remedy}"),
    Check("TP412", _E, "A table would be left without rows or cells", "{remedy}"),
    Check("TP413", _E, "A tag cannot be read", "{remedy}"),
    Check("TP414", _E, "There is no such filter or test", "{remedy}"),
    Check("TP415", _E, "A tag stands where nothing is filled", "{remedy}"),
    Check(
        "TP416",
        _E,
        "A tag stands in a tracked change",
        "Accept or reject the change in Word (Review, Accept), and save the template.",
    ),
    Check("TP417", _E, "A character that cannot be read stands in a tag", "{remedy}"),
    Check("TP418", _E, "A name is used for what it is not", "{remedy}"),
    Check("TP419", _E, "A tag would write what Word cannot open", "{remedy}"),
    # House style.
    Check(
        "TP430",
        _W,
        "House styles are missing",
        "Make them in Word (Styles, New Style), or copy them from a template that has them (Manage Styles, Import/Export).",
    ),
    Check(
        "TP431",
        _W,
        "A style is named that the template does not have",
        "Give the paragraph one of the styles in the list of styles.",
    ),
    Check(
        "TP432",
        _W,
        "Formatting is set by hand, not by a style",
        "Select it, press Ctrl+Space and Ctrl+Q, and choose a style instead.",
    ),
    Check(
        "TP433",
        _W,
        "The template holds comments, and every document would",
        "Delete them all (Review, Delete, Delete All Comments).",
    ),
    Check(
        "TP434",
        _W,
        "The template holds tracked changes, and every document would",
        "Accept or reject them (Review, Accept All Changes).",
    ),
    Check("TP435", _W, "A condition or loop leaves empty paragraphs or joins two", "{remedy}"),
    Check("TP436", _W, "The template fetches something from outside itself", "{remedy}"),
    # Accessibility: facts.md 7.4 and the councils' checklists named there.
    Check("TP440", _W, "The template has no title for screen readers", "Write one under File, Info, Title."),
    Check(
        "TP441",
        _W,
        "Text is not marked as English (United Kingdom)",
        "Select it and choose Review, Language, English (United Kingdom).",
    ),
    Check("TP442", _W, "A heading skips a level", "Make it a {wanted}, or put that heading in front of it."),
    Check("TP443", _W, "A heading is empty", "Delete it, or give it its words."),
    Check("TP444", _W, "Bold text stands for a heading", "Give it one of the styles Heading 1 to Heading 3."),
    Check(
        "TP445",
        _W,
        "A table has no heading row that repeats",
        "Select its first row and tick Table Layout, Repeat Header Rows.",
    ),
    Check(
        "TP446",
        _W,
        "A table has merged or nested cells",
        "Split them, so that every row has the same cells: screen readers lose their way.",
    ),
    Check("TP447", _W, "A table has no title or description", "Write both under Table Properties, Alt Text."),
    Check("TP448", _W, "A row may be split over two pages", "Untick Table Properties, Row, Allow row to break across pages."),
    Check("TP449", _W, "A picture or chart has no description", "Right-click it, choose View Alt Text, and say what it shows."),
    Check(
        "TP450",
        _W,
        "Something floats over the text",
        "Choose Layout Options, In Line with Text, or move its words into the text.",
    ),
    Check(
        "TP451",
        _W,
        "A link does not say where it goes",
        "Let its words be the title of the page, not its address or “click here”.",
    ),
    Check("TP452", _W, "An empty paragraph makes room", "Delete it, and set the space before or after in the style."),
    Check("TP453", _W, "Tabs or spaces make a layout", "Use a table or the style's indent instead."),
    Check(
        "TP454",
        _W,
        "Text does not stand out from its background",
        "Choose a darker or a lighter colour in the style: at least {needed} to 1 is needed.",
    ),
    Check("TP455", _W, "Text is small", "Set the size in the style: at least {needed} points."),
    Check(
        "TP456",
        _W,
        "Text is in italics or capitals",
        "Take that off, in the style if it comes from there; use the style Strong to stress a word.",
    ),
    Check("TP457", _W, "Text is not aligned to the left", "Align it to the left, in the style if it comes from there."),
    Check(
        "TP458",
        _W,
        "A list is typed by hand",
        "Take the mark away, and give the paragraph the style List Bullet, List Number or Table Bullet.",
    ),
    Check("TP459", _W, "A content control has no title", "Select it and write one under Developer, Properties, Title."),
    Check("TP460", _W, "Pages are turned both ways", "Choose one orientation for all sections (Layout, Orientation)."),
    Check("TP461", _W, "The document has not just one title", "Give exactly one paragraph the style Title."),
)
