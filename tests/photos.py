"""Pictures as readers' devices make them, with what those write into a file beside what can be seen."""

from io import BytesIO
from typing import Any

from PIL import ExifTags, Image, ImageCms, PngImagePlugin

PROFILE_NAME = "sRGB built-in"
HIDDEN = "Geheimnis-471"
#: What stands in every part of the files that is not to be seen: as bytes, and as a colour profile has it.
TRACES = (HIDDEN.encode(), HIDDEN.encode("utf-16-be"))
RED, BLUE = (200, 30, 30), (30, 30, 200)


def dot(kind: str = "PNG") -> bytes:
    """Return the smallest picture there is of a format, which holds nothing else."""
    file = BytesIO()
    Image.new("RGB", (1, 1), BLUE).save(file, kind)
    return file.getvalue()


def save(kind: str, *frames: Image.Image, **options: object) -> bytes:
    """Return a picture as a file of a format, an animation of several frames."""
    file = BytesIO()
    if frames[1:] and kind != "JPEG":
        options |= {"save_all": True, "append_images": frames[1:]}
    frames[0].save(file, kind, **options)
    return file.getvalue()


def corner(mode: str = "RGB", colour: tuple[int, ...] = RED) -> Image.Image:
    """Return a small picture, wider than high, whose corner at the top left has another colour than the rest."""
    image = Image.new("RGB", (96, 64), BLUE)
    image.paste(colour, (0, 0, 48, 32))
    return image.convert(mode)


def revealing(orientation: int = 1) -> dict[str, Any]:
    """Return what a camera adds: place, turn, maker and a thumbnail in Exif, a description in XMP, and a comment."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    exif[ExifTags.Base.Make] = HIDDEN
    exif[ExifTags.IFD.GPSInfo] = {
        ExifTags.GPS.GPSLatitudeRef: "N",
        ExifTags.GPS.GPSLatitude: (48.0, 12.0, 30.0),
        ExifTags.GPS.GPSLongitudeRef: "E",
        ExifTags.GPS.GPSLongitude: (16.0, 22.0, 0.0),
    }
    xmp = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'>{HIDDEN}</x:xmpmeta>"
    return {"exif": exif, "xmp": xmp.encode(), "comment": HIDDEN.encode()}


def photo(width: int = 3000, height: int = 2000) -> bytes:
    """Return a photo taken with the telephone held upright, its corner at the top right red.

    It is stored lying on its side, as sensors are, with the turn noted (EXIF orientation 6), and with
    place, camera, a description in XMP, a colour profile and a comment.
    """
    image = Image.new("RGB", (width, height), BLUE)
    image.paste(RED, (0, 0, width // 4, height // 4))
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    profile = profile.replace(PROFILE_NAME.encode("utf-16-be"), TRACES[1])
    return save("JPEG", image, icc_profile=profile, **revealing(6))


def drawing(*, see_through: bool) -> bytes:
    """Return a small drawing as a PNG with a text in it, on a ground that can be seen through or is white."""
    image = Image.new("RGBA", (300, 200), (255, 255, 255, 0 if see_through else 255))
    image.paste((*RED, 255), (0, 0, 100, 100))
    text = PngImagePlugin.PngInfo()
    text.add_text("Author", HIDDEN)
    file = BytesIO()
    image.save(file, "PNG", pnginfo=text)
    return file.getvalue()
