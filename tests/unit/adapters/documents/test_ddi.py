"""The data dictionary holds to the order, the counts and the references that the schema of DDI-Codebook 2.5 asks for.

The sequences are those of `codebook.xsd` (DDI Alliance, 2.5, January 2012) for the elements we write; the schema itself
is not part of the product, so this is no validation of all of it.
"""

from datetime import date

from lxml import etree

from engage.adapters.documents.codebook import NAMESPACE, Category, Codebook, Variable, to_ddi

# Of each type, what it may hold in this order; in capitals what stands there once at most.
SEQUENCES = {
    "stdyDscr": "citation studyAuthorization stdyInfo studyDevelopment method dataAccs othrStdyMat notes",
    "citation": "TITLSTMT RSPSTMT PRODSTMT DISTSTMT serStmt verStmt BIBLCIT holdings notes",
    "fileTxt": "FILENAME FILECITATION FILECONT FILESTRC DIMENSNS FILETYPE FORMAT FILEPLAC dataChck PROCSTAT DATAMSNG "
    "software VERSTMT",
    "var": "location labl IMPUTATION SECURITY EMBARGO RESPUNIT ANLYSUNIT qstn valrng invalrng undocCod universe "
    "TOTLRESP sumStat txt stdCatgry catgryGrp catgry codInstr verStmt concept DERIVATION VARFORMAT "
    "geoMap catLevel notes",
    "catgry": "CATVALU labl txt catStat MROW",
}
VALUES = {"intrvl": {"contin", "discrete"}, "missing": {"Y", "N"}}

BOOK = Codebook(
    title="Your voice", number="larkmoor-your-voice-1", producer="Larkmoor", issued=date(2026, 11, 22), version="1",
    universe="Children and young people", language="en", notes=("Rounded to 5", "Fewer than 10 are not shown"),
    files=("one.csv", "one.xlsx"),
    variables=(
        Variable("question", "Which question", in_file=True),
        Variable("safe", "Safe at home", "How safe do you feel?", note="Asked of everybody", in_file=True, categories=(
            Category("1", "Not safe", 20), Category("2", "Safe"), Category("rather-not", "Not said", is_missing=True),
        )),
        Variable("count", "People", is_number=True),
    ),
)  # fmt: skip


def wrong(root: etree._Element) -> list[str]:
    """What stands in another order than its type allows, or oftener."""
    found = []
    for element in root.iter(f"{{{NAMESPACE}}}*"):
        name = etree.QName(element).localname
        words = SEQUENCES.get(name, "").split()
        if not words:
            continue
        order = [word.casefold() for word in words]
        children = [etree.QName(child).localname.casefold() for child in element]
        places = [order.index(child) if child in order else -1 for child in children]
        once = {word.casefold() for word in words if word.isupper()}
        if -1 in places or places != sorted(places) or any(children.count(word) > 1 for word in once):
            found.append(f"{name}: {children}")
    return found


def test_what_we_write_stands_in_the_schemas_order() -> None:
    root = etree.fromstring(to_ddi(BOOK))
    assert {etree.QName(one).localname for one in root.iter(f"{{{NAMESPACE}}}*")} >= SEQUENCES.keys()
    assert wrong(root) == []
    assert [etree.QName(child).localname for child in root] == ["stdyDscr", "fileDscr", "fileDscr", "dataDscr"]


def test_references_lead_somewhere_and_closed_words_are_the_schemas() -> None:
    root = etree.fromstring(to_ddi(BOOK))
    ids = [one.get("ID") for one in root.iter() if one.get("ID")]
    assert len(set(ids)) == len(ids)
    assert not [each for one in root.iter() for each in (one.get("files") or "").split() if each not in ids]
    for name, allowed in VALUES.items():
        assert {one.get(name) for one in root.iter() if one.get(name)} <= allowed
    assert all(one.get("name") for one in root.iter(f"{{{NAMESPACE}}}var"))


def test_the_check_sees_a_wrong_order() -> None:
    root = etree.fromstring(to_ddi(BOOK))
    var = next(one for one in root.iter(f"{{{NAMESPACE}}}var") if len(one) > 2)
    var.append(var[0])
    assert len(wrong(root)) == 1
