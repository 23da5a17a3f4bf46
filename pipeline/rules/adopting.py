"""What a new local authority is told on its way from an empty project to its first plans."""

from dataclasses import fields

from pipeline.model.settings import Authority, Settings
from pipeline.rules.sentence import join_words

# What stands in the settings of a new project until the authority writes its own; seen at once on a workbook's first sheet.
UNNAMED = Authority("[name of your local authority]", "[name of your team]", "[your team's e-mail address]")

_README = """\
Inclusive Practice Toolkit: {name}

This folder is your project. Everything you send out, receive and change is in it. Nothing in it is sent anywhere by itself.

    config      your settings, your list of schools, and every word and rule that schools are asked and rated by
    templates   the Word files that plans and notes are made from; change them in Word
    inputs      what schools send you: save it in inputs\\{cycle}\\returns, under any name
    outputs     what the toolkit makes for you (appears with the first command); leave files whose names begin with a dot, and
                the folder "sent", where they are: the next run goes by them

Type each command below in a Command Prompt or terminal opened in this folder.


1  Say who you are

Open config\\settings.yaml in Notepad. Check the authority's name, team and e-mail address, which stand on every workbook and
plan, and the dates of the cycle: workbooks are due back on {due}. Under "services", call your local forums what your
schools call them. config\\guidance.yaml holds your vision, and what you mean by inclusive practice.

You begin in another term? "inclusion cycle new 2026-27-spring" opens that one; read its name for {cycle} below.

2  List your schools

config\\schools.csv holds the column headings and no schools yet. Either save an extract of the register "Get information about
schools" over it, as it comes (further columns do no harm), or fill it in with Excel and save it as "CSV UTF-8", which keeps
letters such as \u0175 and \u00e9. These columns are needed:

    {columns}

A URN has six digits. Rows whose {status} is Closed are left out.

3  Look over what schools will be asked

    inclusion rubric check

lists what wants a look. Open the address of each statutory source in config\\rubric\\rubric.yaml, read it, and set its
"checked_on" and "standing": none of these pages was read at source when the rubric was written.

4  Send out the workbooks

    inclusion workbooks

writes one workbook for each school to outputs\\{cycle}\\workbooks. Send each school its own, and with it the document that
explains everything, outputs\\{cycle}\\toolkit.docx, which is made by

    inclusion toolkit

5  Save what comes back, and run

Save each e-mail's attachment in inputs\\{cycle}\\returns as it is. Then:

    inclusion run

writes to outputs\\{cycle} a plan for each school (in plans), a note for each school that has cells to mend (in notes), and
overview.xlsx. Run it after every e-mail: what has not changed is left alone. Send each school its plan, and its note.

6  The next term

    inclusion cycle new 2026-27-spring

opens it, and says where the plans go that schools have worked with and send back. Workbooks then have each school's last
answers in them, and plans go on from the ones that came back.


When something is wrong, the toolkit says where and what mends it; "inclusion codes" lists everything that it may say.
To try it first on an invented county: inclusion demo --schools 12 --out ..\\demo
"""


def write_readme(settings: Settings, authority: Authority, columns: tuple[str, ...], status: str) -> str:
    """The page a new project begins with, in an officer's words."""
    due = settings.cycles[settings.cycle].returns_due
    return _README.format(
        name=authority.name,
        cycle=settings.cycle,
        due=f"{due.day} {due:%B %Y}",
        columns="\n    ".join(columns),
        status=status,
    )


def tell_unnamed(authority: Authority) -> str:
    """What of the authority still has to be written before workbooks go out; empty where nothing has."""
    missing = [one.name for one in fields(authority) if getattr(authority, one.name) == getattr(UNNAMED, one.name)]
    if not missing:
        return ""
    return (
        f"The workbooks do not say yet who sends them. Before you send any: write the authority's {join_words(missing)} in "
        "config/settings.yaml, and make them again."
    )


def tell_next(schools: int, returns: int, cycle: str) -> str:
    """What to do next where there is nothing to rate yet; empty where there is."""
    if not schools:
        return (
            "No school is listed in config/schools.csv yet. Next: save your GIAS extract there, or fill in a row for each "
            "school; then run: inclusion workbooks"
        )
    if not returns:
        return (
            "No return has arrived yet. Next: send schools the workbooks that `inclusion workbooks` writes, "
            f"save what comes back in inputs/{cycle}/returns, and run this again."
        )
    return ""
