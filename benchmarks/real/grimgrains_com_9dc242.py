"""A recipe in plain HTML: name and amount of an ingredient in two elements."""

from lakehouse.fetcher import Request, items, link, text


def start():
    yield Request("http://site.example/")


def parse(page):
    recipe = page.one("main.recipe")
    yield {
        "title": text(recipe, "h1"),
        "image": link(recipe, "> img@src"),
        "ingredients": items(recipe, "dl.ingredients dt"),
        "author": text(page.one("footer"), "a:last-of-type"),
    }
