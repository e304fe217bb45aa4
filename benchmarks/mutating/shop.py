"""Written pages of a shop with prices in four builds, since few of the real pages have decimals."""

from __future__ import annotations

from lakehouse.fetcher import Page

ADJECTIVES = ("Amber", "Blue", "Cedar", "Dusty", "Elder", "Fern", "Golden", "Hazel", "Ivory", "Juniper")
NOUNS = ("Lamp", "Kettle", "Chair", "Mirror", "Basket", "Clock", "Shelf", "Vase", "Stool", "Blanket", "Tray", "Bowl")
MAKERS = ("Holt & Sons", "Norrland", "Casa Brava", "Ateliers Roux", "Kestrel")
BUILDS = (
    ("<table class=goods><tr><th>Item<th>Maker<th>Price<th>Since</tr>{rows}</table>",
     '<tr><td><a href="/item/{n}">{name}</a><td>{maker}<td>{price}<td>{since}</tr>'),
    ('<ul class="goods list">{rows}</ul>',
     '<li class=item><h3><a href="/item/{n}">{name}</a></h3><span class=maker>{maker}</span>'
     "<b class=price>{price}</b><time class=since>{since}</time></li>"),
    ("<div class=grid>{rows}</div>",
     '<article class=card><a class=title href="/item/{n}">{name}</a><p class=by>{maker}</p>'
     '<div class=foot><span class="amount">{price}</span><span class="date">{since}</span></div></article>'),
    ("<section>{rows}</section>",
     '<div class=row><div class=c1><a href="/item/{n}"><strong>{name}</strong></a></div><div class=c2>{maker}</div>'
     "<div class=c3><em>{price}</em></div><div class=c4>{since}</div></div>"),
)  # fmt: skip
FRAME = """<!doctype html><html><head><title>The shop</title></head><body><header><h1>The shop</h1>
<nav class=menu><a href=/>Home</a> <a href=/goods>Goods</a> <a href=/about>About</a></nav></header>
<main>{list}</main><footer><p>Open daily from 9 to 17.</p></footer></body></html>"""


def _shop(number: int) -> tuple[str, Page, list[dict[str, str]]]:
    whole, row = BUILDS[number % len(BUILDS)]
    records = [_record(number, n) for n in range(12 + 3 * number)]
    rows = "".join(row.format(n=100 * number + n, **record) for n, record in enumerate(records))
    page = Page(f"https://shop-{number}.example/goods", FRAME.format(list=whole.format(rows=rows)).encode())
    return f"written-shop-{number}", page, [{**r, "url": f"/item/{100 * number + n}"} for n, r in enumerate(records)]


def _record(number: int, n: int) -> dict[str, str]:
    mixed = n * 7 + number * 3
    return {
        "name": f"{ADJECTIVES[mixed % 10]} {NOUNS[(n + number) % 12]} {n + 1}",
        "maker": MAKERS[mixed % 5],
        "price": f"{8 + (mixed * 13) % 190}.{(mixed * 37) % 100:02}",
        "since": f"{1 + mixed % 12:02}/{1 + mixed % 28:02}/{2019 + mixed % 6}",
    }


SHOPS = [_shop(number) for number in range(8)]
