import type { Browser, CDPSession, Page } from "puppeteer";
import type {
  BrowserProvider,
  BrowserProviderOption,
  CDPSession as VitestSession,
} from "vitest/node";
import { launchOptions } from "../../scripts/chrome.mjs";

/** Runs Vitest's browser tests in headless Chrome started by Puppeteer, with WebGPU; files run in parallel. */
class PuppeteerProvider implements BrowserProvider {
  readonly name = "puppeteer";
  readonly supportsParallelism = true;
  readonly #pages = new Map<string, Page>();
  readonly #browsers: Promise<Browser>[] = [];

  getCommandsContext(sessionId: string): Record<string, unknown> {
    return { page: this.#pages.get(sessionId) };
  }

  async openPage(sessionId: string, url: string): Promise<void> {
    // one browser each: pages of one browser share a GPU process, which compiles one shader at a time
    const { default: puppeteer } = await import("puppeteer");
    const browser = puppeteer.launch(launchOptions());
    this.#browsers.push(browser);
    const page = await (await browser).newPage();
    this.#pages.set(sessionId, page);
    await page.goto(url, { timeout: 0 });
  }

  async getCDPSession(sessionId: string): Promise<VitestSession> {
    const page = this.#pages.get(sessionId) as Page;
    const session: CDPSession = await page.createCDPSession();
    return session as unknown as VitestSession;
  }

  async close(): Promise<void> {
    const browsers = await Promise.all(this.#browsers);
    await Promise.all(browsers.map((browser) => browser.close()));
  }
}

/** The browser of the gpu lane, for Vitest's configuration. */
export async function puppeteerProvider(): Promise<BrowserProviderOption> {
  const { defineBrowserProvider } = await import("@vitest/browser");
  return defineBrowserProvider({
    name: "puppeteer",
    options: {},
    supportedBrowser: ["chrome"],
    providerFactory: () => new PuppeteerProvider(),
  });
}
