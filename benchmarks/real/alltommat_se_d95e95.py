"""A recipe as linked data; the author's name is written rightly only in the page."""

from lakehouse.fetcher import Request, items, text


def start():
    yield Request("http://site.example/")


def parse(page):
    for recipe in page.embedded("ld+json"):
        if recipe.attr("@type") == "Recipe":
            yield {
                "title": text(recipe, "name"),
                "author": text(page.one(".author__name")),
                "ingredients": items(recipe, "recipeIngredient"),
                "steps": items(recipe, "recipeInstructions[*].text"),
            }
