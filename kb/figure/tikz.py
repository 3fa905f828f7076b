r"""TikZ: compiles by itself with pdflatex, and goes into a paper with ``\input``.

Letters come from the paper's own sans serif font. What is wider there than the box was made for is
set narrower, so that no text leaves its box. pdfTeX has no letters beyond Latin (Greek goes through
mathematics); for others it prints an empty box, while XeTeX and LuaTeX print them as they are.
"""

from __future__ import annotations

import unicodedata
from pathlib import Path

from kb.figure.draw import compose
from kb.figure.options import FigureOptions, Notify
from kb.figure.scene import Line, Scene, Shape
from kb.graph import Subgraph
from kb.text.files import write_file

_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': r"\textquotedbl{}",
    "'": r"\textquotesingle{}",
    "`": r"\textasciigrave{}",
    "-": "{-}",  # no ligature: two hyphens stay two
    ",": "{,}",
    "?": "{?}",
    "!": "{!}",
    "“": r"\textquotedblleft{}",
    "”": r"\textquotedblright{}",
    "„": r"\quotedblbase{}",
    "‘": r"\textquoteleft{}",
    "’": r"\textquoteright{}",
    "–": r"\textendash{}",
    "—": r"\textemdash{}",
    "…": r"\dots{}",
    "•": r"\textbullet{}",
    "€": r"\texteuro{}",
    "™": r"\texttrademark{}",
    "→": r"\(\rightarrow\)",
    "←": r"\(\leftarrow\)",
    "≥": r"\(\geq\)",
    "≤": r"\(\leq\)",
    "≠": r"\(\neq\)",
    "≈": r"\(\approx\)",
    "×": r"\(\times\)",
}
# Greek small letters from U+03B1 on, as mathematics names them (omicron has no name: it is an o).
_GREEK = [
    "alpha",
    "beta",
    "gamma",
    "delta",
    "varepsilon",
    "zeta",
    "eta",
    "theta",
    "iota",
    "kappa",
    "lambda",
    "mu",
    "nu",
    "xi",
    "-",
    "pi",
    "rho",
    "varsigma",
    "sigma",
    "tau",
    "upsilon",
    "varphi",
    "chi",
    "psi",
    "omega",
]
_CAPITALS = {"Γ": "Gamma", "Δ": "Delta", "Θ": "Theta", "Λ": "Lambda", "Ξ": "Xi", "Π": "Pi", "Σ": "Sigma",
             "Φ": "Phi", "Ψ": "Psi", "Ω": "Omega"}  # fmt: skip

_ACCENTS = {
    "\u0300": "`", "\u0301": "'", "\u0302": "^", "\u0303": "~", "\u0304": "=", "\u0306": "u", "\u0307": ".",
    "\u0308": '"', "\u030a": "r", "\u030b": "H", "\u030c": "v", "\u0323": "d", "\u0327": "c", "\u0328": "k",
}  # fmt: skip
_LETTERS = {"ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L",
            "đ": "dj", "Đ": "DJ", "ð": "dh", "Ð": "DH", "þ": "th", "Þ": "TH", "ı": "i", "§": "S",
            "©": "copyright", "°": "textdegree", "½": "textonehalf", "±": "textpm", "·": "textperiodcentered",
            "«": "guillemotleft", "»": "guillemotright", "£": "pounds", "µ": "textmu"}  # fmt: skip

_PREAMBLE = r"""%% Compile this file by itself, or \input it in a paper with \usepackage{tikz,textcomp}.
\makeatletter
\ifx\documentclass\@notprerr
  \let\kbend\endinput
\else
  \def\kbend{\end{document}}
  \documentclass{article}
  \ifdefined\Umathcode \usepackage{fontspec}\else \usepackage[T1]{fontenc}\fi
  \IfFileExists{lmodern.sty}{\usepackage{lmodern}}{}
  \usepackage{textcomp,tikz}
  \usepackage[paperwidth=%(paper_width)sbp,paperheight=%(paper_height)sbp,margin=0bp]{geometry}
  \pagestyle{empty}\parindent=0pt \topskip=0pt
  \begin{document}
\fi
\makeatother
\ifdefined\kbbox\else\newsavebox\kbbox\fi
%% Text no wider than it was planned for, whatever font the paper has.
\def\kbfit#1#2{\sbox\kbbox{#2}\ifdim\wd\kbbox>#1\resizebox{#1}{\height}{\vphantom{X}\usebox\kbbox}\else\usebox\kbbox\fi}
%% A letter that pdfTeX has no font for: an empty box there, the letter itself in XeTeX and LuaTeX.
\def\kbchar#1{\ifdefined\Umathcode\char"#1\relax\else
  {\fboxsep0pt\fboxrule.3pt\kern.1em\framebox[.6em]{\rule{0pt}{.6em}}\kern.1em}\fi}
%% anchor, place, size, width, colour, text
\def\kbline#1#2#3#4#5#6{\node[anchor=#1,inner sep=0bp,outer sep=0bp,text=#5] at (#2)
  {\ifdefined\Umathcode\else\fontencoding{T1}\fi\fontsize{#3bp}{#3bp}\selectfont\kbfit{#4bp}{#6}};}
"""


def write(graph: Subgraph, path: Path, options: FigureOptions, notify: Notify) -> None:
    """Write the figure as LaTeX."""
    write_file(path, document(compose(graph, options, notify), notify))


def document(scene: Scene, notify: Notify) -> str:
    """The figure as a LaTeX file of pure ASCII; x to the right, y downwards, in PostScript points."""
    body: list[str] = []
    colours = {scene.paper}
    for group in scene.groups:
        for item in group.items:
            if isinstance(item, Line):
                colours.add(item.colour)
                body.append(_line(item, scene))
            else:
                colours |= {colour for colour in (item.fill, item.stroke) if colour}
                body.append(_shape(item))
    width, height = f"{scene.width:.2f}", f"{scene.height:.2f}"
    # A hundredth of a point more than the picture, lest rounding pushes it to a second page.
    paper = {"paper_width": f"{scene.width + 0.01:.2f}", "paper_height": f"{scene.height + 0.01:.2f}"}
    lines = [
        (_PREAMBLE % paper).rstrip(),
        *(f"\\definecolor{{{_colour(colour)}}}{{HTML}}{{{colour[1:]}}}" for colour in sorted(colours)),
        r"\noindent\begin{tikzpicture}[x=1bp,y=-1bp,font=\sffamily]",
        rf"\path[use as bounding box,fill={_colour(scene.paper)}] (0,0) rectangle ({width},{height});",
        *body,
        r"\end{tikzpicture}%",
        r"\kbend",
    ]
    text = "\n".join(lines) + "\n"
    if r"\kbchar{" in text.partition(r"\begin{tikzpicture}")[2]:
        notify(
            "Some letters are beyond pdflatex and come out as empty boxes; compile with xelatex or lualatex."
        )
    return text


def _colour(colour: str) -> str:
    return f"kb{colour[1:]}"


def _line(line: Line, scene: Scene) -> str:
    anchor = "base" if line.anchor == "middle" else "base west"
    room = 1.03 * scene.typeface.width(line.text, line.size, line.bold)
    text = escape(line.text)
    text = rf"\bfseries {text}" if line.bold else text
    return (
        rf"\kbline{{{anchor}}}{{{line.x:.2f},{line.y:.2f}}}{{{line.size:.2f}}}{{{room:.2f}}}"
        rf"{{{_colour(line.colour)}}}{{{text}}}"
    )


def _shape(shape: Shape) -> str:
    style = [f"fill={_colour(shape.fill)}"] if shape.fill else []
    if shape.stroke:
        style += [f"draw={_colour(shape.stroke)}", f"line width={shape.width:.2f}bp"]
    if shape.dashes:
        style.append("dash pattern=" + f"on {shape.dashes[0]:.2f}bp off {shape.dashes[1]:.2f}bp")
    path = ""
    for name, *values in shape.commands:
        points = [f"({float(x):.2f},{float(y):.2f})" for x, y in zip(values[::2], values[1::2], strict=True)]
        if name == "C":
            path += f" .. controls {points[0]} and {points[1]} .. {points[2]}"
        elif name == "Z":
            path += " -- cycle"
        else:
            path += points[0] if name == "M" else f" -- {points[0]}"
    return rf"\path[{','.join(style)}] {path};"


def escape(text: str) -> str:
    """Text as LaTeX, in ASCII alone."""
    return "".join(map(_letter, unicodedata.normalize("NFC", text)))


def _letter(character: str) -> str:
    if character in _SPECIAL:
        return _SPECIAL[character]
    if " " <= character <= "~":
        return character
    if character in _LETTERS:
        return rf"\{_LETTERS[character]}{{}}"
    if "α" <= character <= "ω":
        return _greek(_GREEK[ord(character) - ord("α")])
    if character in _CAPITALS:
        return _greek(_CAPITALS[character])
    base, *marks = list(unicodedata.normalize("NFD", character))
    if len(marks) == 1 and marks[0] in _ACCENTS and base.isascii():
        return rf"\{_ACCENTS[marks[0]]}{{{base}}}"
    return rf"\kbchar{{{ord(character):04X}}}"


def _greek(name: str) -> str:
    return "o" if name == "-" else rf"\(\{name}\)"
