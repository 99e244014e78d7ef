// node scripts/train_predict.mjs: trains the built-in network of demos/predict and writes its file, and held-out
// pictures for the page. Takes some minutes; with --pictures it writes the pictures only.
import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { openBrowser } from "./browser.mjs";
import { install, root } from "./install.mjs";

/** @typedef {typeof import("../demos/predict/training.ts")} Training */

install();
const { page, problems, url, close } = await openBrowser(".");
const start = Date.now();
page.on("console", (message) => {
  if (message.type() === "info") {
    console.error(`${message.text()} (${Math.round((Date.now() - start) / 1000)} s)`);
  }
});

try {
  await page.goto(`${url}demos/`, { timeout: 0 }); // a page for which the server has resolved the modules
  await write("heldOutPictures", "clothes.png");
  if (!process.argv.includes("--pictures")) await write("trainClothes", "clothes.safetensors");
} finally {
  await close();
}

/**
 * Writes the result of a function of training.ts to a file.
 * @param {"heldOutPictures" | "trainClothes"} name
 * @param {string} file
 */
async function write(name, file) {
  const text = await page.evaluate(
    async (module, name) => {
      const training = /** @type {Training} */ (await import(module));
      const bytes = await training[name]((line) => console.info(line));
      return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
    },
    "/demos/predict/training.ts",
    name,
  );
  if (problems.length) throw new Error(problems.join("\n"));
  writeFileSync(resolve(root, "demos/predict/data", file), Buffer.from(text, "base64"));
  console.error(`wgrad: wrote demos/predict/data/${file}`);
}
