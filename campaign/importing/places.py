"""Places in the United States: states, and what a line of text says of where something is."""

from __future__ import annotations

import re

from campaign.content.fields import country_called
from campaign.events.map import state_of

# They have ZIP codes of the United States, and codes of their own in ISO 3166-1.
TERRITORIES = frozenset({"AS", "GU", "MP", "PR", "VI"})
#: The countries whose postal codes are ZIP codes.
AMERICAN = frozenset({"US", *TERRITORIES})
ZIP = re.compile(r"[0-9]{5}(?:-[0-9]{4})?")
_COUNTRY = re.compile(r",? *(?:USA|U\.S\.A?\.|United States(?: of America)?)\.?$")
_NO_PLACE = re.compile(
    r"(?:(?:on|via) )?(?:online|virtual(?:ly)?|webinar|zoom|(?:microsoft |ms )?teams|google (?:meet|hangouts?)"
    r"|skype|webex|facebook live|instagram live|youtube)(?: (?:call|event|live|meeting|only|webinar))?",
    re.IGNORECASE,
)
_STATE_AND_ZIP = re.compile(r"(?P<state>[A-Za-z. ]+?)\.?(?: +(?P<zip>[0-9]{5}(?:-[0-9]{4})?))?")
# A city and a state without a comma between them, as long as no street can be before the city.
_CITY_STATE_AND_ZIP = re.compile(
    r"(?P<city>(?!.+ (?:ave|avenue|blvd|dr|drive|hwy|ln|lane|plaza|pkwy|rd|road|sq|square|st|street|way)\.?\b)"
    r"[^\W\d_][^\d_]*?) +(?P<rest>(?-i:[A-Z]{2}) +[0-9]{5}(?:-[0-9]{4})?)",
    re.IGNORECASE,
)


def state_code(text: str) -> str | None:
    """Return the code of a state or territory that is named by its code or its name, or None."""
    bare = text.replace(".", "").strip()
    if state := state_of(bare):
        return state
    code = country_called(text.strip()) or bare.upper()
    return code if code in TERRITORIES else None


def whole_zip(code: str) -> str:
    """Return a ZIP code the zeros that spreadsheet programs take off its beginning; any other text as it is."""
    return code.zfill(5) if re.fullmatch("[0-9]{3,4}", code) else code


def is_web_link(text: str) -> bool:
    """Whether a text is an address of the web, which as a location is that of a meeting."""
    return text.startswith(("https://", "http://"))


def split_location(text: str) -> dict[str, str]:
    """Return what a line such as `City Hall, 1 Main St, Oakland, CA 94601, USA` says, by columns of the table.

    It is taken apart only where it ends in a city and a state of the United States; what says
    that there is no place, or how to get into a meeting, means online; any other text is the
    venue, as it is. Outlook separates by semicolons.
    """
    if is_web_link(text) or _NO_PLACE.fullmatch(text.strip()):
        return {"online": "yes"}
    lines = [part.strip(" ,") for part in text.splitlines() if part.strip(" ,")]
    line = ", ".join(lines)
    bare = _COUNTRY.sub("", line)
    parts = [part.strip() for part in re.split("[,;]", bare) if part.strip()]
    if len(parts) > 1 and ZIP.fullmatch(parts[-1]):
        parts[-2:] = [f"{parts[-2]} {parts[-1]}"]
    if len(parts) > 1 and (last := _CITY_STATE_AND_ZIP.fullmatch(parts[-1])):
        parts[-1:] = [last["city"], last["rest"]]
    found = _STATE_AND_ZIP.fullmatch(parts[-1]) if len(parts) > 1 else None
    state = state_code(found["state"]) if found else None
    if not found or not state:
        return {"venue": line} if line else {}
    *before, city, _ = parts
    named = [] if not before or before[0][:1].isdigit() else before[:1]
    # Apple sets the name on a line of its own, with whatever commas it has.
    if named and len(lines) > 1 and not re.search(r"[,;]\s*[0-9]", lines[0]):
        named = before[: len(re.split("[,;]", lines[0]))]
    cells = {
        "venue": ", ".join(named),
        "address": ", ".join(before[len(named) :]),
        "city": city,
        "region": state,
        "postal_code": found["zip"] or "",
        "country": "US",
    }
    return {name: cell for name, cell in cells.items() if cell}
