"""A recipe as linked data, with entities in its text."""

from lakehouse.fetcher import Request, items, link, text


def start():
    yield Request("http://site.example/")


def parse(page):
    for recipe in page.embedded("ld+json"):
        if recipe.attr("@type") == "recipe":
            yield {
                "title": text(recipe, "name"),
                "image": link(recipe, "image[0]"),
                "steps": items(recipe, "recipeInstructions[*].text"),
            }
