/* How the theme's scripts are judged: ESLint's recommended rules, and those that its own style needs.

   The engine gives each file a scope of its own, and each bundle an object of its folder's name, by
   which its files know each other (campaign/build/assets.py). */
import { readdirSync } from "node:fs";
import js from "@eslint/js";
import globals from "globals";

const bundles = readdirSync("theme/static/js", { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

export default [
  js.configs.recommended,
  {
    languageOptions: {
      ecmaVersion: 2022,
      sourceType: "commonjs", // for the scope of a file
      globals: globals.browser,
    },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: { eqeqeq: "error", "no-shadow": "error" },
  },
  ...bundles.map((name) => ({
    files: [`theme/static/js/${name}/*.js`],
    languageOptions: { globals: { [name]: "readonly" } },
  })),
];
