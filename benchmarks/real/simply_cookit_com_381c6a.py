"""A recipe whose linked data leaves out half of the ingredients that the page lists."""

from lakehouse.fetcher import Request, items, text


def start():
    yield Request("http://site.example/")


def parse(page):
    for recipe in page.embedded("ld+json"):
        yield {
            "title": text(recipe, "name"),
            "description": text(recipe, "description"),
            "ingredients": items(page.one(), "ul.recipe_ingredients li"),
        }
