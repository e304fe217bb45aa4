"""Small pages of every build that the scout must read, each with the records that stand on it."""

from __future__ import annotations

from lakehouse.fetcher import Page

ADDRESS = "https://library.example/list"
TITLES = [
    "A Field Guide to Moss",
    "Bridges of the North",
    "Clockwork Gardens",
    "Deep Water Maps",
    "Echoes in Stone",
    "Far Harbours",
]
DAYS = ["March 3, 2024", "April 14, 2024", "May 25, 2024", "June 6, 2024", "July 17, 2024", "August 28, 2024"]
CODES = ["B-101", "B-204", "B-317", "B-422", "B-535", "B-648"]
BOOKS = [
    {"title": title, "day": day, "code": code, "url": f"/books/{code.lower()}.html"}
    for title, day, code in zip(TITLES, DAYS, CODES, strict=True)
]
NAVIGATION = "<nav><ul><li><a href='/'>Home</a><li><a href='/about'>About us</a><li><a href='/help'>Help</a></ul></nav>"


def page(body: str) -> Page:
    """A page with a navigation above its body."""
    return Page(ADDRESS, f"<html><head><title>Books</title></head><body>{NAVIGATION}{body}</body></html>".encode())


def table(books: list[dict[str, str]] = BOOKS) -> Page:
    """A table with a header and a row for each book."""
    rows = "".join(
        f"<tr><td>{b['day']}</td><td><a href='{b['url']}'>{b['title']}</a></td><td>{b['code']}</td></tr>" for b in books
    )
    return page(f"<main><table class='books'><tr><th>Day<th>Title<th>Code</tr>{rows}</table></main>")


def cards(books: list[dict[str, str]] = BOOKS) -> Page:
    """A card for each book, with class words and a hashed class."""
    found = "".join(
        f"<article class='card css-9x8y7z'><h3 class='title'><a href='{b['url']}'>{b['title']}</a></h3>"
        f"<span class='date'>{b['day']}</span> <span class='code'>{b['code']}</span></article>"
        for b in books
    )
    return page(f"<main><div class='cards'>{found}</div></main>")


def framed(books: list[dict[str, str]] = BOOKS) -> Page:
    """One line of text for each book, with all values in a constant frame."""
    found = "".join(f"<li><a href='{b['url']}'>No. {b['code']}, {b['title']} (lent {b['day']})</a></li>" for b in books)
    return page(f"<ul class='list'>{found}</ul>")


def headed(books: list[dict[str, str]] = BOOKS) -> Page:
    """A heading and two paragraphs for each book, without an element around them."""
    found = "".join(
        f"<h3><a href='{b['url']}'>{b['title']}</a></h3><p>Lent on {b['day']}</p><p>Shelf mark: {b['code']}</p>"
        for b in books
    )
    return page(f"<div class='content'>{found}</div>")


def broken(books: list[dict[str, str]] = BOOKS) -> Page:
    """The books as text that is parted by blank lines."""
    found = "<br><br>".join(f"<a href='{b['url']}'>{b['title']}</a><br>{b['day']} {b['code']}" for b in books)
    return page(f"<div class='text'>{found}</div>")


def grouped(books: list[dict[str, str]] = BOOKS) -> Page:
    """The books under the day on which they were lent, two to a day."""
    parts = []
    for first, second in zip(books[::2], books[1::2], strict=True):
        lines = "".join(f"<li><a href='{b['url']}'>{b['title']}</a> {b['code']}</li>" for b in (first, second))
        parts.append(f"<h4>{first['day']}</h4><ul>{lines}</ul>")
    return page(f"<div class='days'>{''.join(parts)}</div>")


def entity() -> Page:
    """A page about one dish, told by linked data and by its text."""
    return Page(
        "https://kitchen.example/soup",
        b"""<html><head><meta property="og:image" content="https://kitchen.example/soup.jpg">
        <script type="application/ld+json">
        {"@graph": [{"@type": "WebSite", "name": "Kitchen"},
        {"@type": "Dish", "name": "Leek soup", "author": {"name": "Ada"}, "description": "Warm and green.",
        "yield": "4 bowls", "datePublished": "2024-05-01", "cookTime": "PT30M", "course": "starter",
        "ingredients": ["2 leeks", "1 onion", "500 ml stock", "salt", "cream"],
        "steps": [{"@type": "Step", "text": "Cut the leeks."}, {"@type": "Step", "text": "Boil all."}]}]}
        </script></head><body><h1>Leek soup</h1><p>Warm and green.</p>
        <ul class="parts"><li>2 leeks<li>1 onion<li>500 ml stock</ul></body></html>""",
    )
