import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import type { ElementHandle } from "puppeteer";
import type { DemoState, Status } from "../../demos/shared/page.ts";
import { openBrowser, serveBuilt } from "../../scripts/browser.mjs";
import { openContext } from "../support/browsers.ts";
import { collectGarbage, noteLeaks } from "../support/garbage.ts";
import { noteChanges } from "./first_changes.ts";
import { noteFirstDrawing } from "./first_drawing.ts";
import { Looks } from "./looks.ts";

export const root = resolve(import.meta.dirname, "../..");
const site = resolve(root, "dist/site");

interface Visit {
  readonly size: { readonly width: number; readonly height: number };
  readonly scheme: "light" | "dark";
  /** False removes WebGPU from the page. Default true. */
  readonly webgpu?: boolean;
  /** False disables scripts. Default true. */
  readonly scripts?: boolean;
}

/** Visits the built demo pages in headless Chrome, served below a path, one page at a time. */
export class DemoBrowser extends Looks {
  readonly #opened: Awaited<ReturnType<typeof openBrowser>>;
  /** Whether the process of the graphics card has been ended since the last visit began. */
  #crashed = false;

  private constructor(opened: Awaited<ReturnType<typeof openBrowser>>) {
    super(opened.page);
    this.#opened = opened;
  }

  /**
   * `folder`: where the pages were built; `alone`: launches a browser, for tests that end its GPU process; `apart`: milliseconds
   * between one pipeline and the next, as from a slow compiler.
   */
  static async open({ folder = site, alone = false, apart = 0 } = {}): Promise<DemoBrowser> {
    mkdirSync(resolve(root, ".shots"), { recursive: true });
    const server = await serveBuilt(folder, "/some/folder/");
    const opened = await openBrowser(server, alone ? {} : { context: await openContext() });
    opened.page.on("response", (response) => {
      if (response.status() >= 400) opened.problems.push(`${response.status()}: ${response.url()}`);
    });
    opened.page.on("console", (message) => {
      const [type, text] = [message.type(), message.text()];
      if (type !== "error" && !text.startsWith("wgrad:")) opened.problems.push(`${type}: ${text}`);
    });
    await opened.page.evaluateOnNewDocument(noteFirstDrawing, apart);
    await opened.page.evaluateOnNewDocument(noteChanges);
    await opened.page.evaluateOnNewDocument(noteLeaks);
    return new DemoBrowser(opened);
  }

  /** Frees what the page no longer holds: a tensor that nobody disposed of is then a problem. */
  async collectGarbage(): Promise<void> {
    await collectGarbage(this.#opened.page);
  }

  /** Exceptions, console output and missing files of the page since the last visit began, less the losses that were asked for. */
  get problems(): readonly string[] {
    const { problems } = this.#opened;
    const asked = this.#crashed ? /device was lost|^warn: .*no longer exists/ : /^$/;
    return problems.filter((each) => !asked.test(each));
  }

  /** Goes to a page; `path` is relative to demos/. */
  async visit(path: string, visit: Visit): Promise<void> {
    const { page, problems, url } = this.#opened;
    const { webgpu = true, scripts = true } = visit;
    problems.length = 0;
    this.#crashed = false;
    await page.setJavaScriptEnabled(scripts);
    await this.#look(visit);
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

  /** Changes the window's size and the colour scheme while the page stays; waits until it has drawn itself again. */
  async resize(look: Pick<Visit, "size" | "scheme">): Promise<void> {
    await this.#look(look);
    await this.#opened.page.evaluate(async () => {
      for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
    });
  }

  async #look({ size, scheme }: Pick<Visit, "size" | "scheme">): Promise<void> {
    const { page } = this.#opened;
    await page.setViewport(size);
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
  }

  /** Waits until the page has one of these states; returns it. Throws the page's first problem if there is any. */
  async status(...wanted: readonly Status[]): Promise<string> {
    const { page } = this.#opened;
    for (;;) {
      const { problems } = this;
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

  /**
   * Drops or pastes a picture of 40 × 20 pixels on an element; returns whether the page accepted it, so that the
   * browser does not open the picture instead.
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

  /** Reloads the page at its present address without these parameters. */
  async reload(changes: Readonly<Record<string, string | number>> = {}): Promise<void> {
    const { page } = this.#opened;
    await page.evaluate((changed) => {
      const address = new URL(location.href);
      for (const [name, value] of Object.entries(changed))
        address.searchParams.set(name, String(value));
      history.replaceState(null, "", address);
    }, changes);
    await page.reload({ timeout: 0 });
  }

  /** Parameters of the address in alphabetical order. */
  async query(): Promise<string> {
    return this.#opened.page.evaluate(() => {
      const given = new URLSearchParams(location.search);
      given.sort();
      return decodeURIComponent(`?${given}`);
    });
  }

  /** Ends the browser's GPU process, as a crash of its driver does. */
  async crashGpu(): Promise<void> {
    this.#crashed = true;
    const session = await this.#opened.page.createCDPSession();
    // the process ends before it could answer
    await session.send("Browser.crashGpuProcess").catch(() => undefined);
  }

  /** Writes into a field. */
  async type(selector: string, text: string): Promise<void> {
    await this.#opened.page.type(selector, text);
  }

  /** The value of a field. */
  async value(selector: string): Promise<string> {
    return this.#opened.page.$eval(selector, (node) => (node as HTMLInputElement).value);
  }

  /** Chooses a file of the repository in a file input. */
  async upload(selector: string, file: string): Promise<void> {
    const field = await this.#opened.page.$(`input${selector}`);
    if (!field) throw new Error(`expected a file field '${selector}'`);
    await (field as ElementHandle<HTMLInputElement>).uploadFile(resolve(root, file));
  }

  /** Runs a function in the page. */
  async evaluate<R>(work: (argument: string) => R, argument = ""): Promise<Awaited<R>> {
    return this.#opened.page.evaluate(work, argument) as Promise<Awaited<R>>;
  }

  /** What an element says right after a press, in the same task, before anything else could run. */
  async saidAtOnce(button: string, message: string): Promise<string> {
    return this.#opened.page.evaluate(
      (pressed, read) => {
        (document.querySelector(pressed) as HTMLElement).click();
        return document.querySelector(read)?.textContent ?? "";
      },
      button,
      message,
    );
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

  /** Which of these window widths, in CSS pixels, make the page scroll sideways. */
  async tooWideFor(...widths: readonly number[]): Promise<readonly number[]> {
    const found: number[] = [];
    for (const width of widths) {
      await this.resize({ size: { width, height: 844 }, scheme: "dark" });
      if ((await this.width()) > width) found.push(width);
    }
    return found;
  }

  /** Saves a screenshot of the whole page under .shots/. */
  async shoot(name: string): Promise<void> {
    const file = `${name.toLowerCase().replaceAll(" ", "-")}.png` as const;
    await this.#opened.page.screenshot({ path: `${root}/.shots/${file}`, fullPage: true });
  }

  async close(): Promise<void> {
    await this.#opened.close();
  }
}
