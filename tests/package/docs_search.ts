import type { Page } from "puppeteer";

/** What users of other libraries type, and what the search must show first. */
export const firsts = [
  ["learning rate scheduler", "Training loops › Learning rates, clipping"],
  ["learning rate", "Training loops › Learning rates, clipping"],
  ["gradient clipping", "Training loops › Learning rates, clipping"],
  ["transfer learning", "Training loops › Fine-tuning"],
  ["load weights", "Saving and loading › Weights"],
  ["out of memory", "Limits and memory › Out of memory"],
  ["memory leak", "Tensors and memory › Memory is freed by you"],
  ["data augmentation", "Pictures › Augmentation"],
  ["custom kernel", "Your own kernel"],
  ["web worker", "Node and workers › A web worker"],
  ["Safari", "Which browser"],
  ["fp16", "Mixed precision"],
  ["tf.tidy", "From TensorFlow.js › Names"],
  ["lr_scheduler", "wgrad/optim.ChainedScheduler"],
  ["reproducible", "Numerics and determinism › The same bits"],
  ["loss is nan", "FAQ › The loss does not fall, or is NaN?"],
  ["navigator is not defined", "FAQ › navigator is not defined, or a page that a server renders?"],
  ["no_grad", "wgrad.noGrad"],
  ["clip_grad_norm_", "wgrad/optim.clipGradNorm"],
  ["cross_entropy", "wgrad/loss.crossEntropy"],
  ["train test split", "wgrad/ml.trainTestSplit"],
  ["KMeans", "wgrad/ml.KMeans"],
  ["adam", "wgrad/optim.Adam"],
] as const;

/** Opens the search of a page and types a query; returns the names of the first results. */
export async function asked(page: Page, query: string): Promise<string[]> {
  await page.click("#tsd-search-trigger");
  await page.waitForSelector("#tsd-search[open]");
  const write = (field: Element, text: string) => {
    (field as HTMLInputElement).value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  // set in one go: the results of a partly typed query would be taken for its own
  await page.$eval("#tsd-search-input", write, query);
  // the results of this query, or that there are none
  await page.waitForFunction(
    (text) => document.getElementById("tsd-search-results")?.dataset.query === text,
    { timeout: 60_000 },
    query,
  );
  return page.$$eval("#tsd-search-results li", (rows) =>
    rows.map((row) => (row as HTMLElement).innerText.trim()),
  );
}

/** The same; the search is closed afterwards. */
export async function found(page: Page, query: string): Promise<string[]> {
  const names = await asked(page, query);
  await page.keyboard.press("Escape");
  await page.waitForSelector("#tsd-search:not([open])");
  return names;
}
