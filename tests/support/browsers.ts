import puppeteer, { type Browser, type BrowserContext } from "puppeteer";
import { inject } from "vitest";
import type { TestProject } from "vitest/node";
import { launchOptions } from "../../scripts/chrome.mjs";

declare module "vitest" {
  interface ProvidedContext {
    /** Addresses of the browsers of a lane, one for each of its workers. */
    browsers: readonly string[];
  }
}

/** For a lane's global setup: starts a browser for each worker, which its test files share; returns what closes them. */
export async function startBrowsers({
  config,
  provide,
}: TestProject): Promise<() => Promise<void>> {
  const starting = Array.from({ length: Number(config.maxWorkers) }, () =>
    puppeteer.launch(launchOptions()),
  );
  const browsers = await Promise.all(starting);
  provide(
    "browsers",
    browsers.map((browser) => browser.wsEndpoint()),
  );
  return async () => {
    await Promise.all(browsers.map((browser) => browser.close()));
  };
}

let connected: Promise<Browser> | undefined;

/**
 * Opens a context in the browser of this worker: storage and service workers are its own. A test that ends the GPU process launches
 * its own browser instead.
 */
export async function openContext(): Promise<BrowserContext> {
  const endpoints = inject("browsers");
  const own = (Number(process.env.VITEST_POOL_ID) - 1) % endpoints.length; // of Vitest, from 1 to maxWorkers
  connected ??= puppeteer.connect({ browserWSEndpoint: endpoints[own] ?? "", protocolTimeout: 0 });
  return (await connected).createBrowserContext();
}
