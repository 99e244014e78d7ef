// Predictions of whole networks for one image, beside TensorFlow.js and onnxruntime-web.
/**
 * @typedef {import("../demos/benchmark/inference/measure.ts").Row} Row
 * @typedef {import("../demos/benchmark/inference/measure.ts").Opened} Opened
 * @typedef {{ pattern: string; size: number | undefined; rounds: number }} What
 * @typedef {{ page: import("puppeteer").Page; url: string; json: boolean }} Where
 */

/**
 * Measures the networks whose names contain the pattern in one page, and prints a table. All libraries get the file
 * that `exportOnnx` makes of the model; their logits are compared before anything is timed.
 * @param {Where} where
 * @param {{ pattern: string; size: string | undefined; rounds: string | undefined }} what
 */
export async function benchInference({ page, url, json }, { pattern, size, rounds }) {
  await page.goto(`${url}package.json`, { timeout: 0 }); // any document of this origin
  const opened = await page.evaluate(open);
  const { adapter, software, count } = opened;
  const note = software ? " (software adapter: not GPU timings)" : "";
  const what = {
    pattern,
    size: size === undefined ? undefined : wholeNumber("--size", size),
    rounds: rounds === undefined ? (software ? 4 : 24) : wholeNumber("--rounds", rounds),
  };
  if (!json) {
    console.log(
      `wgrad: inference of one image on ${adapter}${note}; medians of ${what.rounds}, in turns`,
    );
    if (software && !what.size)
      console.log("images are smaller than the networks' own; --size sets their side");
  }
  /** @type {Row[]} */
  const rows = [];
  for (let index = 0; index < count; index++) {
    const row = await page.evaluate(measure, { index, software, what });
    if (!row) continue;
    rows.push(row);
    if (!json) print(row);
  }
  return { ...opened, rows };
}

/** @param {string} option @param {string} value */
function wholeNumber(option, value) {
  const number = Number(value);
  if (Number.isInteger(number) && number > 0) return number;
  throw new Error(`${option}: expected a whole number from 1, got ${value}`);
}

/** Runs in the page. @returns {Promise<Opened>} */
async function open() {
  const path = "/demos/benchmark/inference/measure.ts";
  /** @type {typeof import("../demos/benchmark/inference/measure.ts")} */
  const bench = await import(path);
  return bench.open();
}

/** Runs in the page. @param {{ index: number; software: boolean; what: What }} what */
async function measure({ index, software, what }) {
  const [path, reader] = ["/demos/benchmark/inference/measure.ts", "/src/io/onnx/messages.ts"];
  /** @type {typeof import("../demos/benchmark/inference/measure.ts")} */
  const bench = await import(path);
  /** @type {typeof import("../src/io/onnx/messages.ts")} */
  const { readModel } = await import(reader);
  return bench.measure(index, software, { ...what, readModel: (file) => readModel(file, {}) });
}

const mb = (/** @type {number} */ bytes) => `${(bytes / 1e6).toFixed(1)} MB`;

/** @param {Row} row */
function print({ name, size, weightBytes, activationBytes, entries }) {
  console.log(
    `${name}, 1×3×${size}×${size}: ${mb(weightBytes)} of weights, ${mb(activationBytes)} of activations`,
  );
  const [own] = entries;
  for (const entry of entries) {
    if (!("ms" in entry)) {
      console.log(`  ${entry.library.padEnd(34)} not timed: ${entry.error}`);
      continue;
    }
    const { library, ms, spread, dispatches, submits, peakBytes, difference } = entry;
    const wide = `(${spread.map((each) => each.toFixed(1)).join("–")})`;
    const gpu = dispatches
      ? `  ${dispatches} dispatches  ${submits} submits  ${mb(peakBytes)}`
      : "";
    const ratio =
      own && "ms" in own && own !== entry ? `  wgrad takes ${(own.ms / ms).toFixed(2)} of it` : "";
    const differs = own === entry ? "" : `  differs by ${difference.toExponential(1)}`;
    console.log(
      `  ${library.padEnd(34)} ${ms.toFixed(1).padStart(9)} ms ${wide}${gpu}${ratio}${differs}`,
    );
  }
}
