import { defineBrowserProvider } from "@vitest/browser";
import puppeteer, { type Browser, type CDPSession, type Page } from "puppeteer";
import type { BrowserProvider, CDPSession as VitestSession } from "vitest/node";
import { launchOptions } from "../../scripts/chrome.mjs";

/** Runs Vitest's browser tests in headless Chrome started by puppeteer, with WebGPU on. */
class PuppeteerProvider implements BrowserProvider {
  readonly name = "puppeteer";
  readonly supportsParallelism = false;
  readonly #pages = new Map<string, Page>();
  #browser: Promise<Browser> | undefined;

  getCommandsContext(sessionId: string): Record<string, unknown> {
    return { page: this.#pages.get(sessionId) };
  }

  async openPage(sessionId: string, url: string): Promise<void> {
    this.#browser ??= puppeteer.launch(launchOptions());
    const page = await (await this.#browser).newPage();
    this.#pages.set(sessionId, page);
    await page.goto(url, { timeout: 0 });
  }

  async getCDPSession(sessionId: string): Promise<VitestSession> {
    const page = this.#pages.get(sessionId) as Page;
    const session: CDPSession = await page.createCDPSession();
    return session as unknown as VitestSession;
  }

  async close(): Promise<void> {
    await (await this.#browser)?.close();
  }
}

export const puppeteerProvider = () =>
  defineBrowserProvider({
    name: "puppeteer",
    options: {},
    supportedBrowser: ["chrome"],
    providerFactory: () => new PuppeteerProvider(),
  });
