"""Pages with one record each are read again after a redesign, from one known page."""

import json

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
