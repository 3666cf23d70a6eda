"""All that is made of events: calendars, their links, the map, the search near a place, GeoJSON, JSON-LD."""
