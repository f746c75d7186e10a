"""The style of pages for paper. Black on white throughout: it is copied, faxed and printed on the last of the toner."""

from typing import Final

from engage.adapters.documents.page import FAMILIES

_TEXT: Final = """
@page { size: A4; margin: 16mm 17mm 18mm; }
@page { @bottom-center { content: counter(page) " / " counter(pages); font-size: 11pt; } }
@page cards { margin: 9mm 9mm 8mm; @bottom-center { content: none; } }
@page poster { margin: 14mm; @bottom-center { content: none; } }
html { font: 13pt/1.4 FAMILIES; color: #000; }
body { margin: 0; }
h1, h2, h3 { line-height: 1.2; margin: 0 0 .5em; break-after: avoid; }
h1 { font-size: 23pt; } h2 { font-size: 18pt; margin-top: 1em; } h3 { font-size: 14pt; }
p { margin: 0 0 .6em; orphans: 3; widows: 3; }
img { display: block; }
.place { font-weight: 700; margin-bottom: .4em; } .invented { border: 1.5pt dashed #000; padding: 1mm 3mm; }

.cards { page: cards; }
.cards h1 { font-size: 12pt; margin: 0 0 2mm; }
.cards ol { list-style: none; margin: 0; padding: 0; }
.cards li { float: inline-start; width: 94mm; height: 66mm; box-sizing: border-box; border: .75pt dashed #555; }
.cards li { padding: 4mm; overflow: hidden; break-inside: avoid; font-size: 9.5pt; line-height: 1.25; }
.cards li p { margin: 0 0 1.2mm; }
.cards h2 { font-size: 12.5pt; margin: 0 0 1.5mm; }
.cards img { float: inline-end; width: 32mm; height: 32mm; margin-inline-start: 2mm; }
.cards .invented { padding: 0 1mm; border-width: .75pt; font-size: 8pt; display: inline-block; }
.cards .code { font-size: 19pt; font-weight: 700; letter-spacing: .06em; margin: 1mm 0; clear: both; }
.cards .code span { padding-inline-start: 3mm; }
.cards .link { font-size: 8.5pt; overflow-wrap: anywhere; }
.cards .small { font-size: 8.5pt; }
"""
STYLE: Final = _TEXT.replace("FAMILIES", FAMILIES)
