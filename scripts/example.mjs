// npm run example [-- NAME]: runs a program of examples/ in headless Chrome and prints what it prints; without a name, lists them.
import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { fail, install, root } from "./install.mjs";

install();
const folder = resolve(root, "examples");
const names = readdirSync(folder).flatMap((file) =>
  file.endsWith(".ts") ? file.slice(0, -3) : [],
);
const [name] = process.argv.slice(2);
if (name === undefined) {
  for (const each of names) {
    const [first = ""] = readFileSync(resolve(folder, `${each}.ts`), "utf8").split("\n");
    console.log(`${each.padEnd(12)} ${first.replace("// ", "")}`);
  }
} else if (names.includes(name)) await run(name);
else fail(`example: expected one of ${names.join(", ")}, got ${name}; npm run example lists them`);

/** @param {string} name */
async function run(name) {
  const { openBrowser } = await import("./browser.mjs");
  const { page, problems, url, close } = await openBrowser("examples");
  page.on("console", (message) => {
    if (message.type() !== "debug") console.log(message.text()); // messages of the development server
  });
  await page.goto(`${url}?run=${name}`, { timeout: 0 });
  await page.waitForFunction(() => document.body.dataset.status, { timeout: 0 });
  await close();
  if (problems.length) fail(`example: ${name} did not finish: ${problems.join("; ")}`);
}
