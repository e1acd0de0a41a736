"""What is said about a list, by code; the edges translate it and fill in the values."""

from events.kernel.errors import BadInput
from events.kernel.words import gettext_noop
from events.people import identifiers

SENTENCES = (
    {
        # refusals of a whole file
        "file_empty": gettext_noop("The file is empty. Choose the file with the list."),
        "file_too_large": gettext_noop("The file is larger than %(limit)s MB. Split the list."),
        "file_not_a_table": gettext_noop("This is not a table. Save the list as CSV or XLSX."),
        "file_old_excel": gettext_noop("This is an old Excel file. Save it as XLSX or CSV."),
        "file_open_document": gettext_noop("This is an OpenDocument file. Save it as XLSX or CSV."),
        "file_locked": gettext_noop("The file is protected by a password. Save it without one."),
        "file_damaged": gettext_noop(
            "The spreadsheet cannot be opened. Save it again as XLSX or CSV."
        ),
        "file_expands": gettext_noop(
            "The spreadsheet expands to more than it may. Save only the list in a new file."
        ),
        "rows_too_many": gettext_noop("The list has more than %(limit)s rows. Split it."),
        "columns_too_many": gettext_noop("The list has more than %(limit)s columns. Remove some."),
        "cell_too_long": gettext_noop("Row %(row)s has a cell of more than %(limit)s characters."),
        "quote_not_closed": gettext_noop(
            "A quotation mark opened in row %(row)s is not closed. Correct it and save again."
        ),
        "sheet_unknown": gettext_noop("There is no sheet “%(sheet)s” in this file."),
        "encoding_unfit": gettext_noop("The file cannot be read as %(encoding)s."),
        "rows_none": gettext_noop("There are no rows below the column names."),
        "column_missing": gettext_noop("Choose the column that holds: %(field)s."),
        "column_choice_unknown": gettext_noop("A chosen column or meaning does not exist here."),
        "sds_incomplete": gettext_noop("The folder lacks %(files)s. Add the missing files."),
        # remarks on a whole file
        "encoding_guessed": gettext_noop(
            "We read the letters as %(encoding)s. Check a few names, such as: %(sample)s."
        ),
        "encoding_uncertain": gettext_noop(
            "Letters could be %(encoding)s or %(other)s. Check names such as %(sample)s or %(otherwise)s."
        ),
        "password_dropped": gettext_noop(
            "The column “%(column)s” holds passwords and was not kept."
        ),
        "header_assumed": gettext_noop("Row %(row)s was taken as the column names. Check it."),
        "header_none": gettext_noop("No column names were found. Say what each column holds."),
        "other_sheets": gettext_noop("Only the sheet “%(sheet)s” was read; others: %(others)s."),
        "quotes_odd": gettext_noop(
            "Quotation marks are set oddly near row %(row)s. Check that row."
        ),
        "cells_broken": gettext_noop(
            "%(count)s cells hold a spreadsheet error and were left empty."
        ),
        "cells_beyond": gettext_noop("Row %(row)s has more cells than there are columns."),
        "roles_not_given": gettext_noop(
            "The file does not say who is staff. Check that no pupils are in it."
        ),
        # questions
        "which_column": gettext_noop("Which column holds: %(field)s?"),
        "which_identifier": gettext_noop("Which official identifier is in “%(column)s”?"),
        "are_these_staff": gettext_noop(
            "This looks like a list of pupils. Are all these people staff of a school?"
        ),
        # one row
        "name_missing": gettext_noop("The name is missing. Enter it."),
        "name_odd": gettext_noop("“%(value)s” does not look like a name. Check the column."),
        "too_long": gettext_noop("The text has more than %(limit)s characters. Shorten it."),
        "row_total": gettext_noop("This row sums up the list and was left out."),
        "row_header_again": gettext_noop("This row repeats the column names and was left out."),
        "code_rounded": gettext_noop(
            "The spreadsheet rounded “%(value)s”. Store the column as text and enter it again."
        ),
        "code_zeros_lost": gettext_noop(
            "“%(value)s” is a number and may have lost leading zeros. Check it."
        ),
        "coordinate_odd": gettext_noop(
            "“%(value)s” is not a %(field)s in degrees. It was left out."
        ),
        "coordinate_alone": gettext_noop("Only one coordinate is given, so no place was set."),
        "email_odd": gettext_noop(
            "“%(value)s” is not an e-mail address. The row is taken without it; add it later."
        ),
        "email_several": gettext_noop("There are several addresses; the first was taken."),
        "email_from_username": gettext_noop(
            "There is no address; the user name was taken for it. Check that mail arrives there."
        ),
        "email_shared": gettext_noop(
            "Row %(other)s has the same address. Each will be asked for a name."
        ),
        "country_unknown": gettext_noop(
            "The country “%(value)s” is not known. Use its two letters."
        ),
        "language_unknown": gettext_noop(
            "The language “%(value)s” is not known. Use its two letters."
        ),
        "level_unknown": gettext_noop("The level “%(value)s” is not known and was left open."),
        "duplicate_code": gettext_noop("Row %(other)s has the same code. Keep one of them."),
        "duplicate_school": gettext_noop(
            "Row %(other)s has the same name and place. Keep one of them."
        ),
        "duplicate_person": gettext_noop("Row %(other)s is the same person. Keep one of them."),
        "same_name": gettext_noop(
            "Row %(other)s has the same name. Check that these are two people."
        ),
        "duplicate_identifier": gettext_noop("Row %(other)s has the same official identifier."),
        # rows that are left out on purpose
        "pupil": gettext_noop("Pupils are not imported."),
        "relative": gettext_noop("Parents and guardians are not imported."),
        "role_none": gettext_noop("No role at a school is given, so nobody says this is staff."),
        "role_unknown": gettext_noop("The role “%(value)s” is not known as one of staff."),
        "class_list": gettext_noop(
            "This is a list of classes. Say that these are staff to import them."
        ),
        "org_authority": gettext_noop("This is an authority, not a school."),
        "org_department": gettext_noop("This is a part of “%(school)s”; its people belong there."),
    }
    | dict.fromkeys(
        (code for code in identifiers.SENTENCES if code != "identifier_scheme_unknown"),
        gettext_noop("This %(name)s cannot be right. The row is taken without it; add it later."),
    )
    | {"identifier_scheme_unknown": identifiers.SENTENCES["identifier_scheme_unknown"]}
)


class TableRefused(BadInput):
    """A file that cannot be taken as a list, with a code and a sentence that says what to do."""

    def __init__(self, code: str, **values: object) -> None:
        """Take the sentence that belongs to the code."""
        super().__init__(**values)
        # The codes are data here, one class per code would say nothing more.
        self.__dict__.update(code=code, sentence=SENTENCES[code])
