/* What the reader's browser keeps for them under a name of localStorage or sessionStorage: JSON, by the
   path of the site, as several may share one host. Where it refuses, everything goes on without. */
const SITE = document.querySelector("[data-site]")?.dataset.site;

/**
 * Returns the value that is kept under a name, undefined where there is none.
 * @param {"localStorage"|"sessionStorage"} storage
 * @param {string} name
 * @returns {*}
 */
function recall(storage, name) {
  return everySite(storage, name)[SITE];
}

/**
 * Keeps a value under a name, or forgets it where there is none.
 * @param {"localStorage"|"sessionStorage"} storage
 * @param {string} name
 * @param {*} [value]
 */
function keep(storage, name, value) {
  const sites = { ...everySite(storage, name), [SITE]: value };
  try {
    if (Object.values(sites).some(Boolean))
      window[storage].setItem(name, JSON.stringify(sites));
    else window[storage].removeItem(name);
  } catch {
    // It is denied or full.
  }
}

function everySite(storage, name) {
  try {
    return JSON.parse(window[storage].getItem(name)) ?? {};
  } catch {
    return {};
  }
}

Object.assign(act, { keep, recall });
