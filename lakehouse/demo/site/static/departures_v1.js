const board = document.getElementById("board");
const feed = document.currentScript.dataset.feed;

function cell(row, name, text) {
  const made = row.insertCell();
  made.className = name;
  made.textContent = text;
  return made;
}

function addTrip(trip) {
  const row = board.tBodies[0].insertRow();
  row.dataset.trip = trip.trip;
  const time = document.createElement("time");
  time.dateTime = trip.departs;
  time.textContent = trip.departs.slice(11, 16);
  cell(row, "departs", "").append(time);
  cell(row, "line", trip.line);
  cell(row, "to", trip.to);
  cell(row, "bay", trip.bay);
  cell(row, "delay", trip.delay);
  cell(row, "status", trip.status);
  cell(row, "access", trip.stepFree ? "yes" : "no");
}

fetch(feed)
  .then((answer) => answer.json())
  .then((trips) => trips.forEach(addTrip))
  .finally(() => board.setAttribute("aria-busy", "false"));
