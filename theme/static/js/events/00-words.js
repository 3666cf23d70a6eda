/* The words that a component says, and what several files do with texts. */

/** The language of the page, in which days and numbers are written. */
events.language = document.documentElement.lang;

/**
 * Returns the words of a component by their names: JSON in a <script> within it.
 * @param {Element} component
 * @returns {Object<string, string>}
 */
events.wordsOf = (component) =>
  JSON.parse(component.querySelector("script").textContent);

/**
 * Returns words in whose braces values are filled in.
 * @param {string} words such as "Near {place}"
 * @param {Object<string, string|number>} values
 * @returns {string}
 */
events.fillIn = (words, values) =>
  words.replace(/{(\w+)}/g, (_, name) => values[name]);

/**
 * Returns a text without accents and capitals, as texts are compared.
 * @param {string} text
 * @returns {string}
 */
events.plain = (text) =>
  text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/**
 * Returns a new element with a class and a text.
 * @param {string} tag
 * @param {string} className
 * @param {string} text
 * @returns {HTMLElement}
 */
events.element = (tag, className, text) =>
  Object.assign(document.createElement(tag), { className, textContent: text });
