"""How our Word documents look and what they say of themselves: styles, language, direction, properties."""

from datetime import UTC, date, datetime, time
from typing import Final

from docx.document import Document as WordFile
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from engage.adapters.documents.text import one_line
from engage.core import languages

NOTICE_STYLE: Final = "Engage Notice"
FACT_STYLE: Final = "Engage Fact"
BAR_COLOUR: Final = "0B4A48"
HEADER_SHADE: Final = "E7EEEC"
_INK, _ACTION = RGBColor(0x17, 0x21, 0x1F), RGBColor(0x0B, 0x4A, 0x48)
_FONT: Final = "Arial"  # on every machine, drawn for reading on screens, and holds all our scripts
_UNDATED: Final = date(2000, 1, 1)
# Word knows languages by region.
_REGIONS: Final = {"en": "GB", "cy": "GB", "pl": "PL", "uk": "UA", "ro": "RO", "so": "SO", "ar": "SA", "ur": "PK"}


def word_tag(code: str) -> str:
    """The language tag Word uses for one of our codes."""
    return f"{code}-{_REGIONS[code]}" if code in _REGIONS else code


def is_right_to_left(code: str) -> bool:
    return languages.direction(code) is languages.Direction.RIGHT_TO_LEFT


def element(name: str, **attributes: str) -> BaseOxmlElement:
    """A WordprocessingML element `w:name` with `w:` attributes; values are escaped when the file is written."""
    made = OxmlElement(f"w:{name}")
    for attribute, value in attributes.items():
        made.set(qn(f"w:{attribute}"), value)
    return made


def prepare(file: WordFile, title: str, language: str, issued: date | None) -> None:
    """Styles, language and properties of an empty file."""
    section = file.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2.5)
    _style(file, "Normal", 12, after=8)
    for name, size, before in (
        ("Heading 1", 24, 0),
        ("Heading 2", 18, 20),
        ("Heading 3", 15, 16),
        ("Heading 4", 13, 12),
    ):
        _style(file, name, size, before=before, after=6, heading=True)
    _style(file, "Subtitle", 14, after=14)
    _style(file, "Caption", 12, before=14, after=4).paragraph_format.keep_with_next = True
    _style(file, "Quote", 12, before=6, after=4).paragraph_format.left_indent = Cm(0.8)
    _style(file, "List Bullet", 12, after=4)
    _notice(_added(file, NOTICE_STYLE), right_to_left=is_right_to_left(language))
    fact = _added(file, FACT_STYLE).paragraph_format
    fact.tab_stops.add_tab_stop(Cm(5))
    fact.left_indent, fact.first_line_indent, fact.space_after = Cm(5), Cm(-5), Pt(3)
    _speak(file, language)
    _describe(file, title, language, issued)


def _added(file: WordFile, name: str) -> ParagraphStyle:
    style: ParagraphStyle = file.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = file.styles["Normal"]
    return style


def _style(
    file: WordFile, name: str, size: float, *, before: float = 0, after: float = 0, heading: bool = False
) -> ParagraphStyle:
    style: ParagraphStyle = file.styles[name]
    style.font.size, style.font.italic = Pt(size), False
    style.font.color.rgb = _ACTION if heading else _INK
    style.font.bold = heading or name == "Caption"
    _letters(style, size)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    style.paragraph_format.line_spacing = 1.15 if heading else 1.4
    return style


def _letters(style: ParagraphStyle, size: float) -> None:
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.attrib.clear()
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), _FONT)
    # Arabic has sizes and weights of its own; the template's letter spacing tears it apart.
    style.font.cs_bold, style.font.cs_italic = style.font.bold, False
    properties = style.element.rPr
    for name_of in ("szCs", "spacing"):
        for old in properties.findall(qn(f"w:{name_of}")):
            properties.remove(old)
    properties.find(qn("w:sz")).addnext(element("szCs", val=str(round(size * 2))))


def _notice(style: ParagraphStyle, *, right_to_left: bool) -> None:
    """A bar at the side and a tint: set apart in colour and in black and white."""
    style.paragraph_format.left_indent = style.paragraph_format.right_indent = Cm(0.3)
    style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(10)
    properties = style.element.get_or_add_pPr()
    borders = element("pBdr")
    borders.append(element("right" if right_to_left else "left", val="single", sz="36", space="8", color=BAR_COLOUR))
    # The schema wants borders and shading before spacing and indents.
    spacing = properties.find(qn("w:spacing"))
    spacing.addprevious(borders)
    spacing.addprevious(element("shd", val="clear", color="auto", fill=HEADER_SHADE))


def _speak(file: WordFile, language: str) -> None:
    """The language of everything that says no other, and its direction."""
    right_to_left, tag = is_right_to_left(language), word_tag(language)
    for defaults in file.styles.element.iter(qn("w:lang")):
        defaults.set(qn("w:bidi" if right_to_left else "w:val"), tag)
    if right_to_left:
        normal = file.styles["Normal"].element
        normal.get_or_add_pPr().insert(0, element("bidi"))
        normal.get_or_add_rPr().append(element("rtl"))
        file.sections[0]._sectPr.find(qn("w:docGrid")).addprevious(element("bidi"))


def _describe(file: WordFile, title: str, language: str, issued: date | None) -> None:
    """Properties: the template's own author and remark go."""
    moment = datetime.combine(issued or _UNDATED, time(), UTC)
    properties = file.core_properties
    properties.title, properties.language = one_line(title)[:255], word_tag(language)
    properties.author = properties.last_modified_by = "Engage"
    properties.comments = properties.keywords = properties.subject = properties.category = ""
    properties.created = properties.modified = moment
    properties.revision = 1
