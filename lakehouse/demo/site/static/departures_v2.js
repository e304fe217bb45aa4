const list = document.getElementById("trips");
const feed = document.currentScript.dataset.feed;

function piece(name, text) {
  const made = document.createElement("span");
  made.className = `trip__${name}`;
  made.textContent = text;
  return made;
}

function addTrip(trip) {
  const item = document.createElement("li");
  item.className = "trip";
  item.id = `trip-${trip.ref}`;
  const pieces = [
    ["when", trip.when],
    ["number", trip.service.number],
    ["headsign", trip.service.headsign],
    ["stop", trip.stop],
    ["late", trip.late],
    ["note", trip.note],
    ["ramp", trip.ramp],
  ];
  for (const [name, text] of pieces) item.append(piece(name, text), " ");
  list.append(item);
}

fetch(feed)
  .then((answer) => answer.json())
  .then((trips) => trips.forEach(addTrip))
  .finally(() => list.setAttribute("aria-busy", "false"));
