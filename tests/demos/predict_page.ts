import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { DemoBrowser } from "./browser.ts";

/** What the page that classifies pictures reports. */
export interface Result {
  readonly network: string;
  readonly parameters: number;
  readonly dispatches: number;
  readonly accuracy?: number;
  readonly picture: string;
  readonly predictions: readonly string[];
  readonly inverted: boolean;
  readonly rightOfThePage?: string;
  readonly tuning?: {
    readonly classes: readonly string[];
    readonly trained: number;
    readonly heldOut: number;
    readonly steps: number;
    readonly before: number;
    readonly after: number;
  };
}

/** Opens that page and makes files for it. */
export class PredictPage {
  readonly browser: DemoBrowser;
  readonly #folder = mkdtempSync(join(tmpdir(), "wgrad-predict-"));

  private constructor(browser: DemoBrowser) {
    this.browser = browser;
  }

  static async open(): Promise<PredictPage> {
    return new PredictPage(await DemoBrowser.open());
  }

  async close(): Promise<void> {
    await this.browser.close();
    rmSync(this.#folder, { recursive: true });
  }

  /** Path for a new file. */
  file(name: string, content: Uint8Array | string): string {
    const path = join(this.#folder, name);
    writeFileSync(path, content);
    return path;
  }

  async result(): Promise<Result | undefined> {
    return (await this.browser.demo()).result as Result | undefined;
  }

  /** Waits until the page has classified this picture with this network. */
  async looked(picture: string, network = "Built-in: clothes"): Promise<Result> {
    const seen = async () => {
      const result = await this.result();
      return `${result?.picture}, ${result?.network}`;
    };
    await expect.poll(seen, { timeout: 20_000 }).toBe(`${picture}, ${network}`);
    return (await this.result()) as Result;
  }

  /** Drops or pastes a picture on an element; returns whether the page accepted it. */
  async hand(how: "drop" | "paste", selector: string): Promise<boolean> {
    return this.browser.hand(how, selector);
  }

  /** Replaces the machine's camera by one that shows black. */
  async pretendCamera(): Promise<void> {
    await this.browser.evaluate(() => {
      const canvas = document.createElement("canvas");
      const draw = () => canvas.getContext("2d")?.fillRect(0, 0, 40, 40);
      draw();
      setInterval(draw, 30);
      navigator.mediaDevices.getUserMedia = async () => canvas.captureStream(30);
    });
  }
}
