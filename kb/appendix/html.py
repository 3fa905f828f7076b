"""A report as one HTML page that needs no network: figures are in it."""

from __future__ import annotations

import base64
from html import escape

from kb.appendix.blocks import Block, Figure, Heading, Items, Paragraph, Quote, Report, Table
from kb.figure.svg import markup

_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; color: #1a1a1a; background: #fff;
  max-width: 58rem; margin: 2rem auto; padding: 0 1rem; }
h1, h2, h3 { line-height: 1.2; margin: 2em 0 .6em; } h1 { margin-top: 0; }
h3 { margin-top: 1.6em; }
table { border-collapse: collapse; font-size: .9em; margin: 1em 0; display: block; overflow-x: auto; }
th, td { text-align: left; padding: .25em .8em .25em 0; border-bottom: 1px solid #ddd; vertical-align: top; }
th { border-bottom-color: #1a1a1a; } .n { text-align: right; font-variant-numeric: tabular-nums; }
blockquote { margin: .6em 0 .6em 1em; padding-left: .8em; border-left: 3px solid #ccc; }
blockquote footer { color: #5f6368; font-size: .85em; }
figure { margin: 1em 0; } img { width: 100%; height: auto; }
figcaption { color: #5f6368; font-size: .85em; }
@media print { body { font-size: 11px; max-width: none; margin: 0; }
  h3, figure, tr, blockquote { break-inside: avoid; } }
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def page(report: Report) -> str:
    """The page; its Content-Security-Policy forbids every request."""
    title = escape(report.title)
    body = "\n".join(map(_block, report.blocks))
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n{body}\n</body>\n"
        "</html>\n"
    )


def _block(block: Block) -> str:
    match block:
        case Heading():
            level = block.level + 1
            return f"<h{level}>{escape(block.text)}</h{level}>"
        case Paragraph():
            return f"<p>{escape(block.text)}</p>"
        case Items():
            return f"<ul>{''.join(f'<li>{escape(text)}</li>' for text in block.texts)}</ul>"
        case Quote():
            who = f"<footer>{escape(block.who)}</footer>" if block.who else ""
            return f"<blockquote>“{escape(block.words)}”{who}</blockquote>"
        case Table():
            return _table(block)
        case Figure():
            data = base64.b64encode(markup(block.scene).encode()).decode()
            # As a picture, so that the ids in two figures do not meet; what is counted stands in it.
            return (
                f'<figure><img src="data:image/svg+xml;base64,{data}" alt="{escape(block.scene.about)}">'
                f"<figcaption>{escape(block.caption)}</figcaption></figure>"
            )


def _table(table: Table) -> str:
    def line(cells: tuple[str, ...], tag: str) -> str:
        return "".join(
            f"<{tag}{' class=n' if at in table.numbers else ''}>{escape(text)}</{tag}>"
            for at, text in enumerate(cells)
        )

    rows = "".join(f"<tr>{line(row, 'td')}</tr>" for row in table.rows)
    return f"<table><thead><tr>{line(table.columns, 'th')}</tr></thead><tbody>{rows}</tbody></table>"
