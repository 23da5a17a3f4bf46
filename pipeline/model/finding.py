"""A problem reported to a person: where it is, what was seen, and the one thing that mends it."""

from dataclasses import dataclass

from pipeline.model.check import Check, Severity
from pipeline.model.template_checks import TEMPLATE_CHECKS

__all__ = ["CATALOGUE", "Check", "Finding", "Place", "Severity", "find"]


@dataclass(frozen=True)
class Place:
    """Where in which file. `cell` is an A1 address, `line 12` of a text file, `table 3, row 2, cell 4` of a Word file, or
    empty."""

    file: str
    sheet: str = ""
    cell: str = ""

    def __str__(self) -> str:
        where = " ".join(part for part in (self.sheet and f"sheet “{self.sheet}”", self.cell and f"{self.cell}") if part)
        return f"{self.file}, {where}" if where else self.file


@dataclass(frozen=True)
class Finding:
    """One problem. `seen` never quotes a school's free text: evidence can name children."""

    code: str
    place: Place
    seen: str
    fix: str
    urn: str = ""

    @property
    def severity(self) -> Severity:
        """As the catalogue has it."""
        return CATALOGUE[self.code].severity

    @property
    def title(self) -> str:
        """As the catalogue has it."""
        return CATALOGUE[self.code].title

    @property
    def is_error(self) -> bool:
        """Whether it stops its document."""
        return self.severity is Severity.ERROR


def find(code: str, place: Place, seen: str, *, urn: str = "", **details: object) -> Finding:
    """A finding of the catalogue's kind `code`, its remedy filled with `details`."""
    return Finding(code, place, seen, CATALOGUE[code].fix.format(**details), urn)


_E, _W = Severity.ERROR, Severity.WARNING

CATALOGUE: dict[str, Check] = {
    check.code: check
    for check in (
        # Configuration: nothing runs until these are mended.
        Check("CF101", _E, "A configuration file cannot be read", "Put a readable copy of {file} back in the config folder."),
        Check(
            "CF102",
            _E,
            "A configuration file is not valid YAML",
            "Mend the line named; look for a missing quote, colon or space.",
        ),
        Check("CF103", _E, "A setting has the wrong form", "{remedy}"),
        Check("CF104", _E, "Two parts of the configuration disagree", "{remedy}"),
        Check("CF105", _E, "A template cannot be used", "{remedy}"),
        Check("CF106", _E, "There is no such cycle", "{remedy}"),
        Check("CF107", _E, "The Dask cluster cannot be used", "{remedy}"),
        # Care for the rubric: `inclusion rubric check`.
        Check("RB901", _E, "A level cannot be reached", "{remedy}"),
        Check("RB902", _W, "A rule, or a part of one, decides nothing", "{remedy}"),
        Check("RB903", _W, "A statutory cap contradicts the levels or the rules", "{remedy}"),
        Check(
            "RB904",
            _W,
            "The rule on evidence changes nothing",
            "Write a level below “required_for” for “counts_as”, unless evidence shall not be asked for.",
        ),
        Check(
            "RB905",
            _E,
            "Every school may answer a statutory criterion with Not applicable",
            "Write “phases: all”, or name only the phases that the duty binds.",
        ),
        Check(
            "RB906",
            _W,
            "The overall rating asks for an area that some schools are not fully asked",
            "Ask it of every phase, or look whether the overall rule is meant for these schools as well.",
        ),
        Check("RB907", _E, "A criterion lacks its wording", "Write the {what}: schools choose and are rated by it."),
        Check("RB908", _W, "A step lacks a text", "Write the {what}: the plan prints it as it stands."),
        Check(
            "RB909",
            _W,
            "No resource helps with a criterion",
            "Add the criterion to the “topics” of a resource that helps with it, or find one.",
        ),
        Check(
            "RB910",
            _W,
            "Some criteria have only their area's resources",
            "Look whether a resource of the area helps with the criterion, and add the criterion to its “topics”.",
        ),
        Check("RB911", _W, "Some criteria bear on no theme", "Name the themes of each; leave those alone that bear on none."),
        Check("RB912", _W, "Two criteria are worded alike", "Reword one of the two: neither should stand for the other."),
        Check(
            "RB913", _W, "Two levels of one criterion read alike", "Reword one, so that a school can tell which describes it."
        ),
        Check(
            "RB914", _W, "Two criteria of one area have titles that say the same", "Give each a title that tells them apart."
        ),
        Check(
            "RB915",
            _W,
            "A date of last look is out of date",
            "Open the address, mend what has changed, and set “checked_on” to that day; {days} days are allowed.",
        ),
        Check(
            "RB916",
            _W,
            "The source of a statutory criterion has not been read",
            "Read {address}, confirm the duty, and set “standing” to: read at source.",
        ),
        Check("RB917", _W, "An area's status and its crosswalk disagree", "{remedy}"),
        Check(
            "RB918",
            _W,
            "A resource is marked as dead",
            "Write its new address and a new “standing”, or put another resource in its place; plans leave it out.",
        ),
        Check(
            "RB919",
            _W,
            "Two rubrics have the same edition",
            "Raise the version of one: a return says only for which edition it was made, and the rubric in use would be taken.",
        ),
        # The rubric's workbook: `inclusion rubric export` and `import`.
        Check("RB950", _E, "The rubric's workbook cannot be opened", "{remedy}"),
        Check("RB951", _E, "The rubric's workbook lacks a sheet or a column", "{remedy}"),
        Check("RB952", _E, "A cell of the rubric's workbook cannot be used", "{remedy}"),
        Check(
            "RB953",
            _W,
            "Text beside the tables of the rubric's workbook is not read",
            "Move it under one of the headings, or leave it as a note to yourself.",
        ),
        Check(
            "RB954",
            _E,
            "The folder holds an area that the workbook does not",
            "Put Area {number} back on the sheet Areas (Retired, if it is no longer used), or remove {file} first.",
        ),
        Check("RB955", _E, "A text of the rubric does not fit an Excel cell", "{remedy}"),
        # The house style.
        Check(
            "HS101", _E, "A colour is not written as six figures", 'Write it as RRGGBB in quotation marks, such as "17525C".'
        ),
        Check(
            "HS102",
            _E,
            "Colours of the house style cannot be read on one another",
            "Choose a darker or a lighter one: text needs {least} to 1, and each tint must be darker than the one before.",
        ),
        Check("HS103", _E, "The logo cannot be used", "Put a PNG picture of at most 2 MB at {file}, beside the house style."),
        Check(
            "HS104",
            _E,
            "A template cannot be restyled",
            "Open it in Word, save it as a Word document (.docx), and run again.",
        ),
        # The register of schools.
        Check(
            "RG201", _E, "The register cannot be read", "Save the GIAS extract as CSV to {file}, in UTF-8 or as Excel saves it."
        ),
        Check("RG202", _E, "The register lacks a column", "Add the GIAS column “{column}” to the register."),
        Check("RG203", _E, "A row of the register cannot be used", "{remedy}"),
        # Returns: the file.
        Check("RT300", _E, "The file cannot be opened", "{remedy}"),
        Check("RT301", _E, "The file is not an Excel workbook that can be opened", "{remedy}"),
        Check(
            "RT302",
            _E,
            "The workbook is not a self-evaluation workbook",
            "Ask the school to complete and return the workbook you sent.",
        ),
        Check(
            "RT303",
            _W,
            "The workbook belongs to another edition",
            "Check that the school used the workbook sent for this cycle ({edition}).",
        ),
        Check("RT304", _E, "The workbook is damaged", "Ask the school to open it in Excel, save it again and send it."),
        Check("RT305", _E, "The file is not safe to open", "{remedy}"),
        Check(
            "RT306", _E, "The file could not be read in time", "Ask the school to save the workbook again in Excel and send it."
        ),
        Check(
            "RT307",
            _W,
            "The headings of a table are gone",
            "Check the answers of this sheet: they were read by the place of the wording.",
        ),
        # Returns: the answers.
        Check("RT311", _W, "A criterion has no answer", "Choose an answer for {criterion} in {cell}."),
        Check("RT312", _W, "An answer is not one of those offered", "Choose one of: {allowed}."),
        Check("RT313", _W, "“Not applicable” is not offered for this criterion", "Choose one of: {allowed}."),
        Check("RT314", _W, "“Not applicable” has no reason", "Write in {cell} why {criterion} cannot apply to the school."),
        Check(
            "RT315",
            _W,
            "An Advanced answer has no evidence",
            "Write the evidence for {criterion} in {cell}; until then it counts as {counts_as}.",
        ),
        Check("RT316", _W, "A criterion was not found in the workbook", "Ask the school for its answer to {criterion}."),
        Check(
            "RT317",
            _W,
            "A criterion is answered twice, differently",
            "Keep one answer to {criterion}; the other stands in {cell}.",
        ),
        Check(
            "RT318",
            _W,
            "A row's reference and wording disagree",
            "Check that {cell} answers {criterion}, the criterion whose wording stands there.",
        ),
        Check(
            "RT319",
            _W,
            "A criterion that the school was not asked is answered",
            "Leave {criterion} empty: it is not asked of this phase.",
        ),
        Check(
            "RT320",
            _W,
            "An answer cell holds an error or a formula",
            "Choose the answer to {criterion} again from the list in {cell}.",
        ),
        Check(
            "RT324",
            _W,
            "An answer stands where another criterion's was",
            "Check that {cell} holds the answer to {criterion}: cells were moved.",
        ),
        Check(
            "RT325",
            _W,
            "Evidence goes on below its row",
            "Nothing to do: it was taken as part of the evidence for {criterion}.",
        ),
        Check(
            "RT326",
            _W,
            "There is text outside the answer cells",
            "Read it in the file; it is kept in the school's record, not in its plan.",
        ),
        Check(
            "RT327",
            _W,
            "The own view of an area is not one of the levels",
            "Choose one of: {allowed}; or leave the cell empty.",
        ),
        Check(
            "RT328",
            _W,
            "An area has two different own views",
            "Keep one view of the area; the other stands in {cell}.",
        ),
        Check(
            "RT329",
            _W,
            "The workbook belongs to another edition that is kept",
            "Nothing to do: it is rated under {edition}, for which it was made, and marked in the overview.",
        ),
        # Returns: old answers in a pre-filled workbook.
        Check(
            "RT330",
            _W,
            "An old answer is neither confirmed nor changed",
            "Choose Yes in {cell} if the answer to {criterion} is still true, or change the answer.",
        ),
        Check(
            "RT331",
            _W,
            "The column that confirms old answers is gone",
            "Ask the school which of its old answers on “{sheet}” are still true: those it did not change count as blank.",
        ),
        Check(
            "RT333",
            _W,
            "An old answer is not changed, and has no cell to confirm it in",
            "Choose Yes beside the answer to {criterion}, in a column headed “Still true?”; or change the answer.",
        ),
        Check("RT332", _W, "It is not clear whether an old answer is still true", "Choose Yes in {cell}, or leave it empty."),
        # Returns: the other sheets.
        Check("RT321", _W, "A figure is not a number in range", "{remedy}"),
        Check("RT341", _W, "Two figures do not go together", "{remedy}"),
        Check("RT322", _W, "The sign-off is not complete", "Fill in “{label}” on the sheet “{sheet}”."),
        Check("RT323", _W, "A date cannot be read as a date", "Write “{label}” as a date, such as 4 December 2026."),
        # Personal data in free text: told by cell, never quoted.
        Check(
            "PV501",
            _W,
            "This looks like a unique pupil number",
            "Ask the school to take it out, or take it out yourself, and run again.",
        ),
        Check(
            "PV502",
            _W,
            "This looks like a date of birth",
            "Check the cell, and ask the school to take out what could identify a child.",
        ),
        Check("PV503", _W, "This looks like a telephone number", "Check the cell, and ask the school to take it out."),
        Check(
            "PV504",
            _W,
            "This may describe one child",
            "Check the cell, and ask the school to write about groups of pupils instead.",
        ),
        Check(
            "PV505",
            _E,
            "The return is stopped because of personal data",
            "Mend the cells named, or allow such returns in the settings.",
        ),
        # Whose return it is.
        Check("SC401", _E, "The return names no school of the register", "{remedy}"),
        Check(
            "SC402",
            _E,
            "The return's names disagree with the register",
            "Ask which school this is, correct the sheet “{sheet}”, and run again.",
        ),
        Check(
            "SC403",
            _W,
            "Another return of the same school counts instead",
            "Nothing to do, unless this is the one that should count; then remove {other}. They differ at {cells}.",
        ),
        Check(
            "SC404",
            _E,
            "Too little is answered to rate the school",
            "Ask the school to complete the workbook: {answered} of {asked} criteria are answered.",
        ),
        Check(
            "SC405",
            _W,
            "Two returns of one school agree and were put together",
            "Nothing to do: what only one of them says was added to {other}.",
        ),
        # Moderation: the advisers' sheet, and what is kept of it.
        Check("MD801", _E, "The moderation sheet cannot be opened", "{remedy}"),
        Check(
            "MD802",
            _E,
            "The workbook is not a moderation sheet",
            "Import the sample.xlsx that `inclusion moderation sample` made, filled in.",
        ),
        Check("MD803", _E, "A row's URN is no school's of the register", "Write the school's URN, six digits, in {cell}."),
        Check(
            "MD804",
            _E,
            "A row's school has no rating in this cycle",
            "Run `inclusion run` with its return first, or name the cycle of the visit with --cycle.",
        ),
        Check("MD805", _E, "A row's area or criterion is not one that the school was rated in", "Write one of: {known}."),
        Check("MD806", _E, "An adviser's level is missing or does not exist", "Choose in {cell} one of: {allowed}."),
        Check("MD807", _E, "An adviser's level has no reason", "Write the reason in {cell}: a level without one is not taken."),
        Check("MD808", _E, "It is not said who visited, or when", "{remedy}"),
        Check("MD809", _E, "Two rows disagree", "Keep one of the two rows; the other stands at {other}."),
        Check(
            "MD810",
            _E,
            "The advisers' judgements that are kept cannot be read",
            "Put {file} back from a copy; or delete it, and import the advisers' sheets again.",
        ),
        Check("MD811", _E, "There is nothing to draw a sample from", "Run `inclusion run` for this cycle first."),
        Check("MD812", _W, "A record cannot be read", "Delete it, and run `inclusion run` again."),
        Check(
            "MD813",
            _E,
            "A criterion's row belongs to no one visit",
            "On the sheet “{sheet}”, write who visited and when beside area {area} of this school.",
        ),
        # Explaining a rating.
        Check("EX101", _E, "There is no record of this school in this cycle", "{remedy}"),
        Check("EX102", _E, "A record cannot be read", "Run `inclusion run --force`, which writes it anew."),
        Check(
            "EX103",
            _W,
            "The return has changed since it was rated",
            "Run `inclusion run`, and ask again: what is said here is of the return as it was.",
        ),
        Check(
            "EX104",
            _W,
            "The rubric, the settings or a template have changed since the last run",
            "Run `inclusion run`, and ask again: what is said here is under the rules as they were.",
        ),
        # Odd returns: for the officer to look at; none of these is asked of the school by itself.
        Check(
            "OD701",
            _W,
            "Evidence is shorter than the criterion it is for",
            "Ask the school what shows that {criterion} is {level}.",
        ),
        Check(
            "OD702",
            _W,
            "An answer is as last cycle, but its new evidence says otherwise",
            "Ask the school whether {cell} should still say {level} for {criterion}.",
        ),
        Check(
            "OD703",
            _W,
            "The same evidence stands beside several criteria",
            "Ask the school what shows each of them: {cells}.",
        ),
        Check(
            "OD704",
            _W,
            "An answer and its evidence disagree",
            "Read the evidence, and ask the school whether {level} in {cell} is its answer to {criterion}.",
        ),
        Check(
            "OD705",
            _W,
            "Evidence only repeats the workbook's own wording",
            "Ask the school to say in its own words what shows that {criterion} is {level}.",
        ),
        Check(
            "OD710",
            _W,
            "Two schools give the same evidence",
            "Compare {cells} with {other}, and ask both schools what can be seen in each.",
        ),
        # What if: stored returns under a draft rubric.
        Check(
            "WI101", _E, "There is nothing to rate again", "Run `inclusion run` for this cycle first: it leaves the records."
        ),
        Check(
            "WI102",
            _W,
            "A record cannot be read",
            "Run `inclusion run --force` to write it anew; until then its school is left out.",
        ),
        Check(
            "WI103",
            _W,
            "A record's edition leads nowhere in the draft",
            "Write in the draft's rubric.yaml which edition it follows, and keep that edition's folder in config.",
        ),
        # Documents: none that Word would have to repair is written.
        Check(
            "VD101",
            _E,
            "A document is not written: Word could not open it as it stands",
            "Mend the template {template}: {remedy}. Then run again.",
        ),
        Check(
            "VD102",
            _W,
            "A PDF copy could not be made",
            "Open {file} in Word and save it as PDF there; the Word document is as it should be.",
        ),
        Check(
            "VD103",
            _W,
            "PDF copies were asked for, and LibreOffice, which makes them, is not installed",
            "Install LibreOffice and run again with --pdf, or save each plan as PDF in Word: the plans are all there.",
        ),
        # Plans that come back: the file.
        Check("PL521", _E, "The returned file is not a Word plan that can be opened", "{remedy}"),
        Check("PL522", _E, "The returned plan is not safe to open", "{remedy}"),
        Check("PL523", _E, "The returned plan is not this school's", "{remedy}"),
        Check("PL524", _E, "The returned plan is not one that is awaited", "{remedy}"),
        Check(
            "PL526",
            _W,
            "Another returned plan of the same school counts instead",
            "Nothing to do, unless this is the one that should count; then remove {other}.",
        ),
        Check("PL525", _E, "The returned plan was taken in already", "Nothing to do; remove it from the folder if you like."),
        Check(
            "PL527",
            _W,
            "The returned plan holds something that is not its own text",
            "Look at it in Word: it was not followed or opened, and what it shows is not carried forward.",
        ),
        Check(
            "PL528",
            _W,
            "The returned plan waits for its school's return",
            "Nothing to do: it is taken in with the school's next workbook that can be rated, this term's or a later one's.",
        ),
        Check(
            "PL529",
            _W,
            "A returned plan in an earlier cycle's folder was never taken in",
            "Run `inclusion run --cycle {cycle}` again, which takes it in or says why not; then this cycle again.",
        ),
        # Plans that come back: what is read in them.
        Check("PL531", _W, "A row of the returned plan was not told by its reference", "Check that the row is action {ref}."),
        Check("PL532", _W, "Two rows of the returned plan are the same action", "{remedy}"),
        Check(
            "PL533",
            _W,
            "It cannot be told which action a row of the returned plan is",
            "Ask the school which action it is; it stands in the new plan as {ref}, an action of the school's own.",
        ),
        Check(
            "PL535",
            _W,
            "An action is missing from the returned plan",
            "Ask the school whether it took out {ref}; it is listed as removed by the school.",
        ),
        Check(
            "PL536",
            _W,
            "The school proposes to delete an action",
            "Agree with the school whether {ref} is to go; until then it stays.",
        ),
        Check(
            "PL537",
            _W,
            "The returned plan holds tracked changes",
            "Nothing to do: they were read as accepted, and what they took away is kept in the record.",
        ),
        Check(
            "PL538",
            _W,
            "A date in the returned plan cannot be read",
            "Ask the school for a date, such as 26 March 2027, for {ref}; until then its words stand as typed.",
        ),
        Check(
            "PL539",
            _W,
            "The status of an action cannot be read",
            "Ask the school how far {ref} is, or add its word to config/plan_words.yaml; until then it stands as typed.",
        ),
        Check(
            "PL540",
            _W,
            "The columns of a table in the returned plan are not those sent",
            "Compare the rows of this table with the new plan: they were read by what stands in them.",
        ),
        Check(
            "PL541",
            _W,
            "Text of the returned plan could not be placed",
            "Read the last page of the new plan, and put each text where it belongs.",
        ),
        Check(
            "PL542",
            _E,
            "Words of the returned plan would be lost",
            "{remedy}",
        ),
        # Next term's workbook.
        Check(
            "PF101",
            _W,
            "A record cannot be read, and is not used to fill in a workbook",
            "Run `inclusion run --cycle {cycle} --force`, which writes it anew, and make the workbook again.",
        ),
        Check(
            "PF102",
            _W,
            "Last answers were given under an edition that leads nowhere",
            "Keep that edition's folder in config, and write in rubric.yaml which edition yours follows; until then such "
            "schools get a blank workbook.",
        ),
        Check(
            "PF103",
            _W,
            "What has changed in the criteria cannot be told",
            "Keep a folder with the edition {edition} in config, so that the workbook can say what was reworded.",
        ),
        # Verifying a plan.
        Check(
            "VF101",
            _E,
            "This is no plan of this project",
            "Look at its cover and its footer for a reference such as 900101/2026-27-autumn; {remedy}",
        ),
        Check(
            "VF102",
            _W,
            "There is no record of what made the plan",
            "Nothing to do if the cycle was deleted; what is said is what the plan says of itself.",
        ),
        Check(
            "VF103",
            _W,
            "The plan's properties are lost",
            "Nothing to do: another program saved it, and its school and cycle were read from its pages.",
        ),
        Check(
            "VF104",
            _W,
            "The plan's properties and its pages name different schools or cycles",
            "Compare its cover with what is said here, and ask the school which plan it worked in.",
        ),
        # Cycles.
        Check("CY101", _E, "There is such a cycle already", "Choose another name, or see: inclusion cycle list."),
        Check(
            "CY102",
            _E,
            "A cycle cannot have this name",
            "Name it after its term, such as {example}: letters, figures and dashes only.",
        ),
        Check(
            "CY103",
            _E,
            "A new cycle must come after the last one",
            "Name a term after {last}; one that lies before belongs into config/settings.yaml by hand, in its order.",
        ),
        Check(
            "CY104",
            _E,
            "The dates of a cycle cannot be told from its name",
            "Name it after its term, such as {example}; or give the day that workbooks are due, such as --due 2027-02-12.",
        ),
        Check(
            "CY105",
            _E,
            "A cycle cannot be added to the settings as they are laid out",
            "Write the cycle {key} into config/settings.yaml by hand, with a label and its three dates.",
        ),
        Check("CY106", _E, "There is no such cycle", "Name one of these: {known}."),
        Check(
            "CY107",
            _E,
            "This is the cycle that is being worked on",
            "Open the next one first, or say --even-current if all of it shall go.",
        ),
        Check("CY108", _E, "A folder could not be deleted", "Close its files in Excel and Word, and give the command again."),
        # Writing.
        Check("WR601", _E, "A file could not be written", "{remedy}"),
        Check(
            "WR602",
            _W,
            "A document was changed after it was written",
            "Compare it with the new one: the changed one is kept as {kept}.",
        ),
        Check("WR604", _E, "A file is unaccounted for", "Please report this run: what became of {file} is not known."),
        Check(
            "WR605", _W, "A document that is out of date could not be taken away", "Close {file} and run again; do not send it."
        ),
        Check(
            "WR603",
            _W,
            "A document is left over from an earlier run",
            "Delete {file} if it is no longer wanted; no return of this cycle stands behind it.",
        ),
        # Templates.
        *TEMPLATE_CHECKS,
    )
}
