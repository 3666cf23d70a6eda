/* A reader's picture, made fit to be shown to anyone: upright, not too large, and with nothing in it but
   what can be seen. Drawing it anew leaves behind what a camera wrote into the file. */
const LONGEST_SIDE = 2048; // pixels
const LARGEST_FILE = 64e6; // bytes; a telephone's pictures have 2 to 25 million

/**
 * Draws a file's picture on a canvas, and returns it as a file of its own: a PNG where it can be seen
 * through, else a JPEG. The message of its error is what is wrong: empty, large, heic, broken or other.
 * @param {File} file
 * @param {HTMLCanvasElement} canvas
 * @returns {Promise<File>}
 */
async function redraw(file, canvas) {
  const picture = await decode(file);
  const scale = Math.min(
    1,
    LONGEST_SIDE / Math.max(picture.width, picture.height),
  );
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const context = canvas.getContext("2d");
  context.imageSmoothingQuality = "high";
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const kind =
    file.type !== "image/jpeg" && isSeenThrough(context) ? "png" : "jpeg";
  const blob = await new Promise((done) =>
    canvas.toBlob(done, `image/${kind}`, 0.9),
  );
  if (!blob) throw new Error("broken");
  return new File([blob], `picture.${kind}`, { type: blob.type });
}

async function decode(file) {
  if (!file.size) throw new Error("empty");
  if (file.size > LARGEST_FILE) throw new Error("large");
  try {
    return await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    throw new Error(await findFault(file));
  }
}

/* HEIC is known by its brand (ISO/IEC 23008-12, 10.2), as its name and type are often missing. */
async function findFault(file) {
  const head = await file
    .slice(4, 12)
    .text()
    .catch(() => "");
  if (/^ftyp(hei|hev|mif1|msf1)/.test(head)) return "heic";
  return file.type.startsWith("image/") ? "broken" : "other";
}

function isSeenThrough(context) {
  const { data } = context.getImageData(
    0,
    0,
    context.canvas.width,
    context.canvas.height,
  );
  for (let alpha = 3; alpha < data.length; alpha += 4)
    if (data[alpha] < 255) return true;
  return false;
}

act.redraw = redraw;
