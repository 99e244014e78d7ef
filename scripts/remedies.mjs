// node scripts/remedies.mjs [--json]: measures the remedies of docs/remedies.md on 200 digits, three seeds each. Takes
// minutes.
import { openBrowser } from "./browser.mjs";
import { install } from "./install.mjs";

/** @typedef {typeof import("../demos/augmentation/remedies/measure.ts")} Measuring */

install();
const { page, problems, url, close } = await openBrowser(".");
page.on("console", (message) => {
  if (message.type() === "info") console.error(message.text());
});

try {
  await page.goto(`${url}demos/`, { timeout: 0 }); // a page for which the server has resolved the modules
  const found = await page.evaluate(async (module) => {
    const { measure } = /** @type {Measuring} */ (await import(module));
    return measure((line) => console.info(line));
  }, "/demos/augmentation/remedies/measure.ts");
  if (problems.length) throw new Error(problems.join("\n"));
  if (process.argv.includes("--json")) console.log(JSON.stringify(found));
} finally {
  await close();
}
