import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import type { ElementHandle } from "puppeteer";
import type { DemoState, Status } from "../../demos/shared/page.ts";
import { openBrowser, serveBuilt } from "../../scripts/browser.mjs";

export const root = resolve(import.meta.dirname, "../..");
const site = resolve(root, "dist/site");

interface Visit {
  readonly size: { readonly width: number; readonly height: number };
  readonly scheme: "light" | "dark";
  /** False takes WebGPU away from the page. Default true. */
  readonly webgpu?: boolean;
}

/** The built demo pages in headless Chrome, below a path of the server, one at a time. */
export class DemoBrowser {
  readonly #opened: Awaited<ReturnType<typeof openBrowser>>;

  private constructor(opened: Awaited<ReturnType<typeof openBrowser>>) {
    this.#opened = opened;
  }

  static async open(): Promise<DemoBrowser> {
    mkdirSync(resolve(root, ".shots"), { recursive: true });
    return new DemoBrowser(await openBrowser(await serveBuilt(site, "/some/folder/")));
  }

  /** Exceptions and console errors of the page since the last visit began. */
  get problems(): readonly string[] {
    return this.#opened.problems;
  }

  /** Goes to a page; `path` is relative to demos/. */
  async visit(path: string, { size, scheme, webgpu = true }: Visit): Promise<void> {
    const { page, problems, url } = this.#opened;
    problems.length = 0;
    await page.setViewport(size);
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
    if (webgpu) {
      await page.goto(url + path, { timeout: 0 });
      return;
    }
    const { identifier } = await page.evaluateOnNewDocument(() => {
      Reflect.deleteProperty(Navigator.prototype, "gpu");
    });
    await page.goto(url + path, { timeout: 0 });
    await page.removeScriptToEvaluateOnNewDocument(identifier);
  }

  /** Waits until the page has one of these states; gives the one it has. Throws the page's first problem if it has any. */
  async status(...wanted: readonly Status[]): Promise<string> {
    const { page, problems } = this.#opened;
    for (;;) {
      const status = await page.evaluate(() => document.body.dataset.status ?? "");
      if (wanted.some((name) => name === status)) return status;
      if (problems.length) throw new Error(`the page is '${status}': ${problems.join("; ")}`);
      await new Promise((done) => setTimeout(done, 100));
    }
  }

  /** `window.wgradDemo`. */
  async demo(): Promise<DemoState> {
    return this.#opened.page.evaluate(() => window.wgradDemo);
  }

  async click(selector: string): Promise<void> {
    await this.#opened.page.click(selector);
  }

  /** Touches an element with a finger. */
  async tap(selector: string): Promise<void> {
    await this.#opened.page.tap(selector);
  }

  /** Clicks within an element, at shares of its width and height from the top left. */
  async clickAt(selector: string, across: number, down: number): Promise<void> {
    const { page } = this.#opened;
    const box = await (await page.waitForSelector(selector))?.boundingBox();
    if (!box) throw new Error(`expected '${selector}' to be seen`);
    await page.mouse.click(box.x + across * box.width, box.y + down * box.height);
  }

  /** Drags by the mouse, between shares of an element's width and height from the top left. */
  async drag(
    selector: string,
    from: readonly [number, number],
    to: readonly [number, number],
  ): Promise<void> {
    const { page } = this.#opened;
    const element = await page.waitForSelector(selector);
    await element?.scrollIntoView();
    const box = await element?.boundingBox();
    if (!box) throw new Error(`expected '${selector}' to be seen`);
    const at = ([x, y]: readonly [number, number]) =>
      [box.x + x * box.width, box.y + y * box.height] as const;
    await page.mouse.move(...at(from));
    await page.mouse.down();
    await page.mouse.move(...at(to), { steps: 4 });
    await page.mouse.up();
  }

  /** Moves a finger up over the right of an element by 120 pixels, as one who scrolls. */
  async swipe(selector: string): Promise<void> {
    const { page } = this.#opened;
    const box = await (await page.waitForSelector(selector))?.boundingBox();
    if (!box) throw new Error(`expected '${selector}' to be seen`);
    const [x, y] = [box.x + 0.75 * box.width, box.y + 0.7 * box.height];
    await page.touchscreen.touchStart(x, y);
    for (let step = 1; step <= 6; step++) await page.touchscreen.touchMove(x, y - 20 * step);
    await page.touchscreen.touchEnd();
  }

  /**
   * Drops or pastes a picture of 40 × 20 pixels on an element; whether the page took it, so that the browser does not open
   * it in the page's place.
   */
  async hand(how: "drop" | "paste", selector: string): Promise<boolean> {
    await this.evaluate(async () => {
      const canvas = new OffscreenCanvas(40, 20);
      canvas.getContext("2d")?.fillRect(0, 0, 20, 20);
      const files = new DataTransfer();
      files.items.add(
        new File([await canvas.convertToBlob()], "handed.png", { type: "image/png" }),
      );
      Object.assign(window, {
        handOver: (kind: string, at: string) => {
          const asked = { bubbles: true, cancelable: true };
          const event =
            kind === "drop"
              ? new DragEvent("drop", { ...asked, dataTransfer: files })
              : new ClipboardEvent("paste", { ...asked, clipboardData: files });
          document.querySelector(at)?.dispatchEvent(event);
          return event.defaultPrevented;
        },
      });
    });
    return this.call("handOver", how, selector);
  }

  /** Presses keys where the focus is. */
  async press(
    ...keys: readonly ("ArrowRight" | "ArrowUp" | "ArrowDown" | "Enter" | "Escape" | "Space")[]
  ): Promise<void> {
    for (const key of keys) await this.#opened.page.keyboard.press(key);
  }

  /** Moves a slider to a position, as a visitor would. */
  async slide(selector: string, position: number): Promise<void> {
    await this.#opened.page.$eval(
      selector,
      (node, value) => {
        (node as HTMLInputElement).value = String(value);
        node.dispatchEvent(new Event("input", { bubbles: true }));
      },
      position,
    );
  }

  /** Chooses an option of a select by its value. */
  async choose(selector: string, value: string): Promise<void> {
    await this.#opened.page.select(selector, value);
  }

  /** Loads the page again, at the address it has now. */
  async reload(): Promise<void> {
    await this.#opened.page.reload({ timeout: 0 });
  }

  /** Ends the browser's process for the graphics card, as a crash of its driver does. */
  async crashGpu(): Promise<void> {
    const session = await this.#opened.page.createCDPSession();
    await session.send("Browser.crashGpuProcess").catch(() => undefined); // it answers with its end
  }

  /** Writes into a field. */
  async type(selector: string, text: string): Promise<void> {
    await this.#opened.page.type(selector, text);
  }

  /** What a field holds. */
  async value(selector: string): Promise<string> {
    return this.#opened.page.$eval(selector, (node) => (node as HTMLInputElement).value);
  }

  /** Chooses a file of the repository in a file field. */
  async upload(selector: string, file: string): Promise<void> {
    const field = await this.#opened.page.$(`input${selector}`);
    if (!field) throw new Error(`expected a file field '${selector}'`);
    await (field as ElementHandle<HTMLInputElement>).uploadFile(resolve(root, file));
  }

  /** Runs a function in the page. */
  async evaluate<R>(work: (argument: string) => R, argument = ""): Promise<Awaited<R>> {
    return this.#opened.page.evaluate(work, argument) as Promise<Awaited<R>>;
  }

  /** Runs a script in the page. */
  async runText(script: string): Promise<void> {
    await this.#opened.page.evaluate(script);
  }

  /** Calls a function that `evaluate` put on the window. */
  async call<R>(name: string, ...args: readonly string[]): Promise<R> {
    return this.#opened.page.evaluate(
      (found, given) =>
        (window as unknown as Record<string, (...a: string[]) => R>)[found]?.(...given) as R,
      name,
      args,
    );
  }

  /** Text of the page, or of one element. */
  async text(selector = "body"): Promise<string> {
    return this.#opened.page.$eval(selector, (node) => node.textContent ?? "");
  }

  /** Width the page wants, in CSS pixels. */
  async width(): Promise<number> {
    return this.#opened.page.evaluate(() => document.documentElement.scrollWidth);
  }

  /** Leaves a picture of the whole page under .shots/. */
  async shoot(name: string): Promise<void> {
    const file = `${name.toLowerCase().replaceAll(" ", "-")}.png` as const;
    await this.#opened.page.screenshot({ path: `${root}/.shots/${file}`, fullPage: true });
  }

  async close(): Promise<void> {
    await this.#opened.close();
  }
}
