"""What each sign that an offer is a field's value is worth; learned by ranking offers of real redesigns."""

WEIGHTS = {
    "learned": 2.5,
    "look": 2.3,
    "support": 1.8,
    "named": 1.7,
    "names": 1.3,
    "main": 1.2,
    "count": 1.0,
    "vocabulary": 1.0,
    "is_ld": 0.9,
    "overlap": 0.6,
    "is_meta": 0.5,
    "is_prop": 0.4,
    "heading": 0.3,
    "is_image": -0.3,
    "is_label": -0.2,
}
