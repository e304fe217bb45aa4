"""The same listing in eleven dresses: the first is the one that fetchers are written for, the others break them.

What breaks is what breaks on real sites: class names, element names, nesting, order of columns, tables that become
cards, values that share an element with their label, dates printed another way.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape


@dataclass(frozen=True)
class Permit:
    """One row of a listing."""

    number: str
    title: str
    owner: str
    filed: date
    fee: str

    @property
    def path(self) -> str:
        """Return the address of its own page."""
        return f"/permit/{self.number.lower()}"


Dress = Callable[[Sequence[Permit]], str]


def _rows(permits: Sequence[Permit], row: Callable[[Permit], str]) -> str:
    return "\n".join(row(permit) for permit in permits)


def _link(permit: Permit, css: str = "") -> str:
    return f'<a{css} href="{permit.path}">{escape(permit.title)}</a>'


def plain_table(permits: Sequence[Permit]) -> str:
    """The dress that fetchers are written for."""
    rows = _rows(
        permits,
        lambda p: (
            f'<tr><td class="no">{p.number}</td><td class="title">{_link(p)}</td><td class="owner">{p.owner}</td>'
            f'<td class="filed">{p.filed}</td><td class="fee">${p.fee}</td></tr>'
        ),
    )
    head = "<tr><th>Number</th><th>Permit</th><th>Owner</th><th>Filed</th><th>Fee</th></tr>"
    return f'<table class="permits"><thead>{head}</thead><tbody>{rows}</tbody></table>'


def renamed_classes(permits: Sequence[Permit]) -> str:
    """Every class name is another one, as after a new build of the same pages."""
    rows = _rows(
        permits,
        lambda p: (
            f'<div class="r-x1"><span class="c-a9">{p.number}</span><h4 class="c-b2">{_link(p)}</h4>'
            f'<span class="c-c7">{p.owner}</span><span class="c-d1">{p.filed}</span>'
            f'<em class="c-e3">${p.fee}</em></div>'
        ),
    )
    return f'<div class="l-k4">{rows}</div>'


def cards(permits: Sequence[Permit]) -> str:
    """The table became cards."""
    rows = _rows(
        permits,
        lambda p: (
            f'<article class="card"><header><h3>{_link(p)}</h3><span class="badge">{p.number}</span></header>'
            f'<p class="by">{p.owner}</p><footer><time datetime="{p.filed}">{p.filed}</time>'
            f'<span class="price">${p.fee}</span></footer></article>'
        ),
    )
    return f'<section class="cards">{rows}</section>'


def turned_columns(permits: Sequence[Permit]) -> str:
    """The columns stand in another order, without classes."""
    rows = _rows(
        permits,
        lambda p: (
            f"<tr><td>{p.filed}</td><td>${p.fee}</td><td>{p.owner}</td><td>{_link(p)}</td><td>{p.number}</td></tr>"
        ),
    )
    head = "<tr><th>Filed</th><th>Fee</th><th>Owner</th><th>Permit</th><th>Number</th></tr>"
    return f'<table class="data"><thead>{head}</thead><tbody>{rows}</tbody></table>'


def list_items(permits: Sequence[Permit]) -> str:
    """A list of items, each with its facts in spans."""
    rows = _rows(
        permits,
        lambda p: (
            f'<li class="entry"><div class="main">{_link(p, " class=name")}</div><div class="meta">'
            f"<span>{p.number}</span>"
            f"<span>{p.owner}</span><span>{p.filed}</span><span>${p.fee}</span></div></li>"
        ),
    )
    return f'<ul class="entries">{rows}</ul>'


def description_lists(permits: Sequence[Permit]) -> str:
    """Each permit is a list of terms and what they mean."""
    rows = _rows(
        permits,
        lambda p: (
            f'<div class="permit"><h2>{_link(p)}</h2><dl><dt>Number</dt><dd>{p.number}</dd><dt>Owner</dt>'
            f"<dd>{p.owner}</dd>"
            f"<dt>Filed</dt><dd>{p.filed}</dd><dt>Fee</dt><dd>${p.fee}</dd></dl></div>"
        ),
    )
    return f'<div class="results">{rows}</div>'


def deep_nesting(permits: Sequence[Permit]) -> str:
    """Everything stands some boxes deeper."""
    rows = _rows(
        permits,
        lambda p: (
            f'<div class="row"><div class="col"><div class="cell"><b>{p.number}</b></div></div><div class="col wide">'
            f'<div class="cell">{_link(p)}</div><div class="cell small">{p.owner}</div></div><div class="col"><div '
            f'class="cell"><i>{p.filed}</i></div><div class="cell"><strong>${p.fee}</strong></div></div></div>'
        ),
    )
    return f'<main><div class="grid"><div class="inner">{rows}</div></div></main>'


def data_attributes(permits: Sequence[Permit]) -> str:
    """Cells are named by attributes, as components render them."""
    rows = _rows(
        permits,
        lambda p: (
            f'<div role="row"><div role="cell" data-col="id">{p.number}</div>'
            f'<div role="cell" data-col="name">{_link(p)}'
            f'</div><div role="cell" data-col="owner">{p.owner}</div><div role="cell" data-col="date">{p.filed}</div>'
            f'<div role="cell" data-col="fee">${p.fee}</div></div>'
        ),
    )
    return f'<div role="table">{rows}</div>'


def with_asides(permits: Sequence[Permit]) -> str:
    """Cards again, with a lead story above and links of the house beside."""
    aside = '<aside><ul><li><a href="/help">Help</a></li><li><a href="/fees">All fees</a></li></ul></aside>'
    rows = _rows(
        permits,
        lambda p: (
            f'<div class="tile"><p class="kicker">{p.number}</p><p class="head">{_link(p)}</p>'
            f'<p class="who">{p.owner}</p>'
            f'<p class="when">{p.filed}</p><p class="what">${p.fee}</p></div>'
        ),
    )
    return f'<div class="lead"><h2>Office closed on Monday</h2></div>{aside}<div class="tiles">{rows}</div>'


def more_columns(permits: Sequence[Permit]) -> str:
    """A table with a check box before and a button behind, under other names."""
    rows = _rows(
        permits,
        lambda p: (
            f'<tr class="tr"><td><input type="checkbox"></td><td class="k1">{_link(p)}</td>'
            f'<td class="k2">{p.number}</td>'
            f'<td class="k3">{p.filed}</td><td class="k4">{p.owner}</td><td class="k5">${p.fee}</td>'
            "<td><button>Share</button></td></tr>"
        ),
    )
    return f'<table class="grid-table"><tbody>{rows}</tbody></table>'


def other_elements(permits: Sequence[Permit]) -> str:
    """The same order in elements of other names."""
    rows = _rows(
        permits,
        lambda p: (
            f'<section class="item"><code>{p.number}</code><h5>{_link(p)}</h5><address>{p.owner}</address>'
            f"<time>{p.filed}</time><data>${p.fee}</data></section>"
        ),
    )
    return f'<div class="stream">{rows}</div>'


FIRST: Dress = plain_table
BREAKS: tuple[Dress, ...] = (
    renamed_classes,
    cards,
    turned_columns,
    list_items,
    description_lists,
    deep_nesting,
    data_attributes,
    with_asides,
    more_columns,
    other_elements,
)
