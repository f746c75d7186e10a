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
.cards li { padding: 3.5mm 4mm; overflow: hidden; break-inside: avoid; font-size: 9.5pt; line-height: 1.2; }
.cards li p { margin: 0 0 .7mm; }
.cards h2 { font-size: 12.5pt; margin: 0 0 .8mm; }
.cards img { float: inline-end; width: 32mm; height: 32mm; margin-inline-start: 2mm; }
.cards .invented { padding: 0 1mm; border-width: .75pt; font-size: 8pt; display: inline-block; }
.cards .code { font-size: 19pt; font-weight: 700; letter-spacing: .06em; margin: 1mm 0; clear: both; }
.cards .code span + span { padding-inline-start: 3mm; }
.cards .link { font-size: 8.5pt; overflow-wrap: anywhere; }
.poster { page: poster; text-align: center; font-size: 17.5pt; line-height: 1.32; }
.poster h1 { font-size: 40pt; line-height: 1.15; margin: 4mm 0 3mm; }
.poster img { width: 84mm; height: 84mm; margin: 3mm auto; }
.poster .link { font-size: 20pt; font-weight: 700; overflow-wrap: anywhere; }
.poster .rights { border-block: 2pt solid #000; padding: 3mm 0; margin: 4mm 0 3mm; }
.poster .rights p { margin: 0; }

.twin.large { font-size: 19pt; }
.twin.large h1 { font-size: 32pt; } .twin.large h2 { font-size: 25pt; } .twin.large h3 { font-size: 21pt; }
.twin .cover { break-after: page; }
.twin dt { font-weight: 700; margin-top: .5em; } .twin dd { margin: 0; }
.twin .asked { border-top: 2pt solid #000; padding-top: 4mm; margin-top: 7mm; break-inside: avoid; }
.twin .cover { font-size: .94em; }
.twin .asked h2 { margin-top: 0; } .twin .asked h2 span { padding-inline-end: 2mm; }
.twin .asked h3 { margin: 1em 0 .3em; }
.twin .when, .twin .how { font-style: normal; } .twin .when { border: 1.5pt solid #000; padding: 1.5mm 3mm; }
.twin ul.tick { list-style: none; margin: 0 0 2mm; padding: 0; }
.twin ul.tick li { break-inside: avoid; padding: 1.6mm 0; display: flex; align-items: center; }
.twin .box { display: block; flex: none; width: 1.25em; height: 1.25em; border: 1.75pt solid #000; }
.twin .box { margin-inline-end: .6em; } .twin .one .box { border-radius: 50%; }
.twin ul.tick .sym { width: 12mm; height: 12mm; margin-inline-end: 4mm; flex: none; }
.twin ul.tick .row { width: 30mm; height: 6mm; }
.twin h2 .sym, .twin h3 .sym { width: 22mm; height: 22mm; margin-bottom: 2mm; }
.twin .line { border-bottom: 1pt solid #000; height: 2.1em; margin: 0; }
.twin .labelled { margin: .8em 0 0; }
.twin .handin { border: 2pt solid #000; padding: 4mm 5mm; margin-top: 8mm; break-inside: avoid; }
.twin .handin h2 { margin-top: 0; } .twin .handin img { width: 34mm; height: 34mm; }
.cards .small, .twin .small { font-size: 8.5pt; }
"""
STYLE: Final = _TEXT.replace("FAMILIES", FAMILIES)
