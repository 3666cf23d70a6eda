/*
 * Distances on the globe in kilometres, between places in degrees: [latitude, longitude].
 * Source: the haversine formula, R. W. Sinnott, "Virtues of the Haversine", Sky and Telescope 68 (1984), 159.
 */
const EARTH_RADIUS = 6371.0088; // the mean one, of the International Union of Geodesy and Geophysics

const radians = (degrees) => (degrees * Math.PI) / 180;

/**
 * Returns the distance of two places.
 * @param {[number, number]} one
 * @param {[number, number]} other
 * @returns {number}
 */
function distance([south, west], [north, east]) {
  const rise = Math.sin(radians(north - south) / 2) ** 2;
  const turn = Math.sin(radians(east - west) / 2) ** 2;
  const scale = Math.cos(radians(south)) * Math.cos(radians(north));
  return (
    2 * EARTH_RADIUS * Math.asin(Math.sqrt(Math.min(1, rise + scale * turn)))
  );
}

/**
 * Returns the least distance of a place from a cell: its nearer meridian is nearest where a great circle
 * meets it at right angles.
 * @param {[number, number]} place
 * @param {{south: number, west: number, north: number, east: number}} cell
 * @returns {number}
 */
function distanceToCell(place, { south, west, north, east }) {
  const [latitude, longitude] = place;
  const [toWest, toEast] = [west, east].map((edge) =>
    Math.abs(((edge - longitude + 540) % 360) - 180),
  );
  const inside = longitude >= west && longitude <= east;
  const across = radians(inside ? 0 : Math.min(toWest, toEast));
  const phi = radians(latitude);
  const met =
    Math.atan2(Math.sin(phi), Math.cos(phi) * Math.cos(across)) / radians(1);
  const nearest = Math.max(south, Math.min(north, met));
  return distance(place, [
    nearest,
    inside ? longitude : toWest < toEast ? west : east,
  ]);
}

/**
 * Returns a cell's edges by its name: a digit for each division of the world, in which 1 is the east and 2
 * the north.
 * @param {string} name
 * @returns {{south: number, west: number, north: number, east: number}}
 */
function cellOf(name) {
  const cell = { south: -90, west: -180, north: 90, east: 180 };
  for (const digit of name) {
    cell[digit & 2 ? "south" : "north"] = (cell.south + cell.north) / 2;
    cell[digit & 1 ? "west" : "east"] = (cell.west + cell.east) / 2;
  }
  return cell;
}

Object.assign(events, { cellOf, distance, distanceToCell });
