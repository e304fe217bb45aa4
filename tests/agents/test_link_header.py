"""An API that names its next page in the header of its answers is read to its end, every day."""

from __future__ import annotations

import json

from lakehouse import Lakehouse, Wish
from lakehouse.engine.replay import captures_of
from lakehouse.lake import Lake
from lakehouse.sandbox import Worker
from tests.little_site import Answer, LittleSite

PAGES = 3


def ships(page: int) -> Answer:
    """Give a page of ships; only its header says where the next one is."""
    records = [{"ship_id": f"S-{page}{n}", "name": f"Ship {page}{n}", "crew": 10 * page + n} for n in range(4)]
    onward = f'</ships?cursor=c{page + 1}>; rel="next", ' if page < PAGES else ""
    headers = {"Content-Type": "application/json", "Link": f'{onward}</ships>; rel="first"'}
    return Answer(json.dumps(records).encode(), headers=headers)


def test_every_page_of_a_day_is_read(lake: Lake) -> None:
    with LittleSite({"/ships": ships(1)} | {f"/ships?cursor=c{n}": ships(n) for n in range(2, PAGES + 1)}) as site:
        house = Lakehouse(lake)
        wish = Wish(private_hosts=[site.host], delay=0)
        assert house.look(site.url("/ships"), wish).best.follow.next_page == "header(next)"
        house.add(site.url("/ships"), wish=wish)
        report = house.run("ships")
    assert (report.pages, report.rows, report.rejects, report.passed) == (PAGES, 4 * PAGES, 0, True)
    kept = [capture.page(lake.bodies) for capture in captures_of(lake, "ships", report.day)]
    with Worker(house.registry.in_force("ships").code) as worker:
        led = [[request.url for request in worker.follow(page)] for page in kept]
    # What was fetched leads on as it did then, so that a repair can be judged by the pages that it would have lost.
    assert led == [[site.url("/ships?cursor=c2")], [site.url("/ships?cursor=c3")], []]
