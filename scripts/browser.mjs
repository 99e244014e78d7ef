// A server and one page in headless Chrome: what `npm run demo`, `npm run bench` and the tests of the pages share.
import { resolve } from "node:path";
import { root } from "./install.mjs";

/**
 * Serves the sources in `folder` of the repository on a free port. `others`: also the libraries that the benchmark
 * compares with this one, which take seconds to bundle.
 * @param {string} folder
 * @param {{ others?: boolean }} [options]
 */
export async function serveSources(folder, { others = false } = {}) {
  const { createServer } = await import("vite");
  /** @type {import("vite").Plugin} */
  const alone = {
    name: "no-other-libraries",
    config: (config) => {
      if (config.optimizeDeps) config.optimizeDeps.include = [];
    },
  };
  const server = await createServer({
    configFile: resolve(root, "vite.config.ts"),
    plugins: others ? [] : [alone],
    root: resolve(root, folder),
    logLevel: "error",
    optimizeDeps: { noDiscovery: true }, // otherwise Vite would first scan every page
    server: { port: 0, hmr: false, watch: null },
  });
  return server.listen();
}

/**
 * Serves a built folder on a free port, below a path.
 * @param {string} outDir
 * @param {string} [base]
 */
export async function serveBuilt(outDir, base = "./") {
  const { preview } = await import("vite");
  return preview({
    configFile: false,
    root: outDir,
    base,
    appType: "mpa",
    logLevel: "error",
    build: { outDir },
    preview: { port: 0, host: "127.0.0.1" },
  });
}

/**
 * Opens a page in headless Chrome with a server: `served` is a server, or the name of a folder whose sources are
 * served. Problems of the page (exceptions, errors on the console, a lost device, a crash) are collected in `problems`.
 * @param {string | import("vite").PreviewServer} served
 * @param {{ others?: boolean; context?: import("puppeteer").BrowserContext }} [options] `others` of `serveSources`; `context`
 * of a browser that runs already, which ends with this
 */
export async function openBrowser(served, { others = false, context } = {}) {
  const { default: puppeteer } = await import("puppeteer");
  const { launchOptions } = await import("./chrome.mjs");
  const server = typeof served === "string" ? await serveSources(served, { others }) : served;
  const browser = context ?? (await puppeteer.launch(launchOptions()));
  /** @type {string[]} */
  const problems = [];
  return {
    page: await openPage(browser, problems),
    /** Another page, whose problems are collected with the first one's. */
    newPage: () => openPage(browser, problems),
    problems,
    url: server.resolvedUrls?.local[0] ?? "",
    async close() {
      await browser.close();
      await server.close();
    },
  };
}

/** @param {import("puppeteer").Browser | import("puppeteer").BrowserContext} browser @param {string[]} problems */
async function openPage(browser, problems) {
  const page = await browser.newPage();
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("error", (error) => problems.push(`the page crashed: ${error.message}`));
  page.on("console", (message) => {
    const { url } = message.location(); // for example the address of a file that was not found
    if (message.type() === "error") problems.push(`${message.text()}${url ? ` (${url})` : ""}`);
  });
  await page.evaluateOnNewDocument(reportLostDevices);
  return page;
}

/** Runs in the page: logs the loss of a device as a console error. */
function reportLostDevices() {
  if (!("GPUAdapter" in globalThis)) return;
  const request = GPUAdapter.prototype.requestDevice;
  GPUAdapter.prototype.requestDevice = async function (descriptor) {
    const device = await request.call(this, descriptor);
    device.lost.then(({ reason, message }) => {
      if (reason !== "destroyed") console.error(`the GPU device was lost: ${message}`);
    });
    return device;
  };
}
