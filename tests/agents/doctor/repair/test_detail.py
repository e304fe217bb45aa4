"""Pages with one record each are read again after a redesign, from one known page."""

import json
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from lakehouse.agents.blueprint import Blueprint, FieldPlan, Rows
from lakehouse.agents.doctor.case import Case, Known
from lakehouse.agents.doctor.repair.detail import details
from lakehouse.agents.extract import extract
from lakehouse.agents.scout.fidelity import printed
from lakehouse.agents.scout.induce import induce
from lakehouse.contract import Contract, Field
from lakehouse.fetcher import Page

PARTS = ["2 oak boards, 40 cm", "8 brass screws", "1 pot of wood oil"]
STEPS = ["Cut the boards to length and sand them.", "Screw the sides together.", "Rub in the oil and let it dry."]
NEW_PARTS = ["4 pine boards, 60 cm", "12 steel screws", "2 pots of wax", "1 rope, 3 m"]
NEW_STEPS = ["Saw the boards and sand the edges.", "Drill a hole for the rope.", "Wax all sides and hang it up."]
RECORD = {"title": "Small shelf", "maker": "Ida Holm", "parts": "\n".join(PARTS), "steps": "\n".join(STEPS)}
NEW = {"title": "Hanging shelf", "maker": "Per Lund", "parts": "\n".join(NEW_PARTS), "steps": "\n".join(NEW_STEPS)}


def listed(tag, values):
    return "".join(f"<{tag}>{value}</{tag}>" for value in values)


def page(markup):
    return Page("https://plans.example/1", f"<html><body>{markup}</body></html>".encode())


OLD = page(
    f"<h1>Small shelf</h1><table><tr><th>Maker</th><td>Ida Holm</td></tr></table>"
    f'<h2>Parts</h2><ul class="parts">{listed("li", PARTS)}</ul>'
    f'<h2>Steps</h2><ol class="steps">{listed("li", STEPS)}</ol><footer>Made by hand</footer>'
)


def healed(markup, record=None, old=OLD):
    known = record or RECORD
    contract = Contract(fields={name: Field(type="text") for name in known}, min_rows=1)
    case = Case(induce(old, [known]), contract, (Known(old, (known,)),), (page(markup),))
    proposal = next(iter(details(case)))
    (found,) = extract(proposal.blueprint, case.failing[0])
    return {name: printed(value) for name, value in found.items()}


def test_new_classes_and_labels_as_a_description_list():
    assert (
        healed(
            '<nav><a href="/">Home</a></nav><div class="x1"><h1>Hanging shelf</h1>'
            "<dl><dt>Maker</dt><dd>Per Lund</dd></dl>"
            f"<h3>Parts</h3><div><ul>{listed('li', NEW_PARTS)}</ul></div>"
            f"<h3>Steps</h3><div><ol>{listed('li', NEW_STEPS)}</ol></div></div>"
        )
        == NEW
    )


def test_linked_data_that_appeared():
    data = {
        "@type": "HowTo",
        "name": "Hanging shelf",
        "maker": {"@type": "Person", "name": "Per Lund"},
        "parts": NEW_PARTS,
        "steps": [{"@type": "HowToStep", "text": step} for step in NEW_STEPS],
    }
    script = f'<script type="application/ld+json">{json.dumps(data)}</script>'
    assert healed(f"{script}<div><p>Hanging shelf</p><p>by someone</p></div>") == NEW


def test_bullets_that_became_paragraphs():
    found = healed(
        "<h1>Hanging shelf</h1><p><b>Maker:</b> Per Lund</p>"
        f'<h2>Parts</h2><div class="pieces">{listed("p", NEW_PARTS)}</div>'
        f'<h2>Steps</h2><div class="todo">{listed("p", NEW_STEPS)}</div>'
    )
    assert found == NEW


def test_lines_of_one_block_instead_of_bullets():
    broken = "<br>".join(f"- {part}" for part in NEW_PARTS)
    found = healed(
        f'<h1>Hanging shelf</h1><p><b>Maker:</b> Per Lund</p><h2>Parts</h2><div class="stuff">{broken}</div>'
        f'<h2>Steps</h2><ol class="todo">{listed("li", NEW_STEPS)}</ol>'
    )
    assert found["parts"] == "\n".join(f"- {part}" for part in NEW_PARTS)


def linked(parts, steps, title="Small shelf"):
    data = {"@type": "HowTo", "name": title, "maker": "Ida Holm", "parts": parts, "step": steps}
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


def test_linked_data_that_went_away():
    old = page(linked(PARTS, [{"text": step} for step in STEPS]) + "<h1>Small shelf</h1>")
    found = healed(
        "<h1>Hanging shelf</h1><dl><dt>Maker</dt><dd>Per Lund</dd></dl>"
        f"<h2>Parts</h2><ul>{listed('li', NEW_PARTS)}</ul><h2>Steps</h2><ol>{listed('li', NEW_STEPS)}</ol>",
        old=old,
    )
    assert found == NEW


def test_steps_that_were_put_into_sections_keep_the_names_of_the_sections():
    old = page(linked(PARTS, [{"text": step} for step in STEPS]))
    sections = [{"@type": "HowToSection", "name": "Wood", "itemListElement": [{"text": step} for step in NEW_STEPS]}]
    found = healed(linked(NEW_PARTS, sections, "Hanging shelf"), old=old)
    assert found["steps"] == "\n".join(["Wood", *NEW_STEPS])


def test_an_image_that_is_loaded_late_is_found_by_its_attribute():
    old = page('<h1>Small shelf</h1><img class="photo" src="/pictures/small-shelf.jpg">')
    known = {"title": "Small shelf", "picture": "https://plans.example/pictures/small-shelf.jpg"}
    found = healed(
        '<img class="logo" src="/logo.svg"><h1>Hanging shelf</h1>'
        '<div class="picture"><img src="data:image/gif;base64,R0" data-src="/pictures/hanging-shelf.jpg"></div>',
        known,
        old,
    )
    assert found == {"title": "Hanging shelf", "picture": "https://plans.example/pictures/hanging-shelf.jpg"}


def test_a_page_that_only_has_other_content_is_read_as_before():
    same = (
        "<h1>Hanging shelf</h1><table><tr><th>Maker</th><td>Per Lund</td></tr></table>"
        f'<h2>Parts</h2><ul class="parts">{listed("li", NEW_PARTS)}</ul>'
        f'<h2>Steps</h2><ol class="steps">{listed("li", NEW_STEPS)}</ol><footer>Made by hand</footer>'
    )
    assert healed(same) == NEW


def case_of(failing, *known):
    contract = Contract(fields={name: Field(type="text") for name in RECORD}, min_rows=1)
    return Case(induce(OLD, [RECORD]), contract, known, failing)


def test_several_known_pages_are_learned_from():
    other = {**NEW, "parts": RECORD["parts"]}
    second = page(
        "<h1>Hanging shelf</h1><table><tr><th>Maker</th><td>Per Lund</td></tr></table>"
        f'<h2>Parts</h2><ul class="parts">{listed("li", PARTS)}</ul><h2>Steps</h2><ol>{listed("li", NEW_STEPS)}</ol>'
    )
    (proposal,) = details(case_of((OLD,), Known(OLD, (RECORD,)), Known(second, (other,))))
    assert extract(proposal.blueprint, OLD)[0]["title"] == "Small shelf"


def test_a_list_of_records_is_not_for_this_rung():
    assert not list(details(case_of((OLD,), Known(OLD, (RECORD, RECORD)))))


def test_a_page_without_anything_gets_no_proposal():
    assert not list(details(case_of((page(""),), Known(OLD, (RECORD,)))))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(["<ul>", "<li>a", "<p>b", "</ul>", '<h2 id="x">', "<dt>:", "<img src=x>", "<b>:</b>"])))
def test_of_any_page_fits_are_shares_and_the_blueprint_runs(pieces):
    for proposal in details(case_of((page("".join(pieces)),), Known(OLD, (RECORD,)))):
        assert all(0 <= fit <= 1 for fit in (*proposal.fits.values(), proposal.score))
        assert len(extract(proposal.blueprint, page("".join(pieces)))) == 1


def test_a_field_keeps_the_reader_of_its_type():
    old = page("<h1>Small shelf</h1><dl><dt>Built</dt><dd>March 3, 2024</dd></dl>")
    known = Known(old, ({"title": "Small shelf", "built": "2024-03-03"},))
    contract = Contract(fields={"title": Field(type="text"), "built": Field(type="date")}, min_rows=1)
    plans = (
        FieldPlan(name="title", selectors=("h1",)),
        FieldPlan(name="built", reader="date", selectors=("dd",), options={"order": "MDY"}),
    )
    blueprint = Blueprint(kind="detail", start=old.url, rows=Rows(form="one"), fields=plans)
    new = page('<h1>Hanging shelf</h1><p><b>Built:</b> <span class="when">May 9, 2025</span></p>')
    (proposal,) = details(Case(blueprint, contract, (known,), (new,)))
    assert extract(proposal.blueprint, new) == [{"title": "Hanging shelf", "built": date(2025, 5, 9)}]


def test_names_that_are_no_css_and_deep_lists_of_linked_data_do_no_harm():
    data = f'{{"@type": "HowTo", "step": {"[" * 300}{"]" * 300}}}'
    odd = f'<script type="application/ld+json">{data}</script><p id="-">a</p><p class="--">b</p><h1>Shelf</h1>'
    assert all(
        extract(proposal.blueprint, page(odd)) for proposal in details(case_of((page(odd),), Known(OLD, (RECORD,))))
    )


def test_the_address_of_a_page_stays_a_field_whatever_the_page_says():
    plan = induce(OLD, [RECORD])
    plan = plan.model_copy(update={"fields": (FieldPlan(name="url", reader="page_url", selectors=()), *plan.fields)})
    record = {**RECORD, "url": OLD.url}
    contract = Contract(fields={name: Field(type="url" if name == "url" else "text") for name in record}, min_rows=1)
    new = page(f'<a href="/elsewhere">All plans</a><h1 class="name">Hanging shelf</h1>{listed("li", NEW_STEPS)}')
    (proposal,) = details(Case(plan, contract, (Known(OLD, (record,)),), (new,)))
    assert extract(proposal.blueprint, new)[0]["url"] == new.url
    assert proposal.fits["url"] == 1.0


def test_what_all_failing_pages_say_is_no_field_that_differs_from_page_to_page():
    def known(title):
        record = {"title": title}
        return Known(page(f"<h1>{title}</h1>"), (record,))

    def new(title):
        return page(f"<title>Plans</title><div><h2 class=headline>{title}</h2><p>Saw it.</p></div>")

    olds = [known(title) for title in ("Small shelf", "Garden bench", "Bird table")]
    contract = Contract(fields={"title": Field(type="text")}, min_rows=1)
    case = Case(induce(olds[0].page, olds[0].records), contract, tuple(olds), (new("Tall stool"), new("Oak chest")))
    best = next(iter(details(case)))
    assert [extract(best.blueprint, each)[0]["title"] for each in case.failing] == ["Tall stool", "Oak chest"]


def test_the_heading_of_a_whole_list_is_none_of_its_entries():
    parts = f'<section class="parts-box"><h2>Parts</h2><ul>{listed("li", NEW_PARTS)}</ul></section>'
    markup = f"<h1>Hanging shelf</h1><div>Maker: Per Lund</div>{parts}"
    assert healed(markup)["parts"] == NEW["parts"]
