"""A recipe card; its picture is in the linked data."""

from lakehouse.fetcher import Request, items, link, text


def start():
    yield Request("http://site.example/")


def parse(page):
    card = page.one("[class*=recipe-card]")
    for recipe in page.embedded("ld+json"):
        if recipe.attr("@type") == "Recipe":
            yield {
                "title": text(page.one("h1")),
                "author": text(recipe, "author.name"),
                "image": link(recipe, "image[0]"),
                "ingredients": items(card, ".wpzoom-rcb-ingredient-name"),
                "steps": items(card, ".directions-list li"),
            }
