/* The words that a component says: JSON in a <script> within it. */

/**
 * Returns the words of a component by their names.
 * @param {Element} component
 * @returns {Object<string, string>}
 */
act.wordsOf = (component) =>
  JSON.parse(component.querySelector("script").textContent);

/**
 * Returns words in whose braces values are filled in.
 * @param {string} words such as "{count} left"
 * @param {Object<string, string|number>} values
 * @returns {string}
 */
act.fillIn = (words, values) =>
  words.replace(/{(\w+)}/g, (_, name) => values[name]);
