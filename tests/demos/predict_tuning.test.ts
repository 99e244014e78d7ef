import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { DemoBrowser } from "./browser.ts";
import { PredictPage, type Result } from "./predict_page.ts";

const DESKTOP = { size: { width: 1440, height: 900 }, scheme: "light" } as const;

let page: PredictPage;
let browser: DemoBrowser;
beforeAll(async () => {
  page = await PredictPage.open();
  browser = page.browser;
});
afterAll(() => page.close());

const file = (name: string, content: Uint8Array | string) => page.file(name, content);
const looked = (picture: string, network?: string) => page.looked(picture, network);

/** Intercepts the files that the page saves; `saved()` returns the last one, written to disk. */
async function keepSaved(): Promise<void> {
  await browser.evaluate(() => {
    const make = URL.createObjectURL;
    URL.createObjectURL = (blob) => {
      const reader = new FileReader();
      reader.onload = () => {
        document.body.dataset.saved = String(reader.result);
      };
      reader.readAsDataURL(blob as Blob);
      return make(blob);
    };
  });
}

async function saved(name: string): Promise<string> {
  const read = () => browser.evaluate(() => document.body.dataset.saved ?? "");
  await expect.poll(read, { timeout: 20_000 }).toContain("base64,");
  const [, text = ""] = (await read()).split("base64,");
  await browser.evaluate(() => {
    delete document.body.dataset.saved;
  });
  return file(name, Buffer.from(text, "base64"));
}

/** Presses a button by the keyboard alone. */
async function key(id: "train" | "example"): Promise<void> {
  if (id === "train") await browser.evaluate(() => document.getElementById("train")?.focus());
  else await browser.evaluate(() => document.getElementById("example")?.focus());
  await browser.press("Enter");
}

const tuneMessage = () => browser.text("#tune-message");
describe("the page that classifies pictures, taught", () => {
  test("learns a visitor's classes, saves the network and opens it again to the same answers", async () => {
    await browser.visit("predict/?rounds=1&steps=500", DESKTOP);
    await looked("T-shirt 1");
    await keepSaved();
    await key("train");
    expect(await tuneMessage()).toContain("No picture yet of Class 1 and Class 2.");
    await key("example");
    await expect.poll(tuneMessage).toContain("24 handwritten digits of three kinds");
    await key("train");
    await expect
      .poll(() => browser.text("#value-step"), { timeout: 60_000 })
      .toMatch(/^\d+ of 500/);
    const answer = await browser.evaluate(() => {
      document.getElementById("stop")?.click();
      return document.getElementById("tune-message")?.textContent;
    });
    expect(answer).toBe("Stopping …");
    await expect.poll(tuneMessage, { timeout: 20_000 }).toMatch(/^Stopped after \d+ steps/);
    expect(await browser.status("ok", "error")).toBe("ok");
    const { picture, predictions, tuning } = (await browser.demo()).result as Result;
    expect(tuning?.steps).toBeLessThan(500);
    await browser.click("#save-weights");
    const weights = await saved("tuned.safetensors");
    await browser.click("#save-onnx");
    const onnx = await saved("tuned.onnx");

    await browser.upload("#network-file", weights);
    expect((await looked(picture, "tuned.safetensors")).predictions).toEqual(predictions);
    await browser.upload("#network-file", onnx);
    await looked(picture, "tuned.onnx");
    await browser.choose("#preparation", "clothes");
    const numbered = predictions.map((each) => each.replace(/^Digit \d/, "class"));
    await expect
      .poll(async () => {
        const { result } = await browser.demo();
        return (result as Result).predictions.map((each) => each.replace(/^class \d/, "class"));
      })
      .toEqual(numbered);
    expect(browser.problems).toEqual([]);
  });

  test("takes pictures from files and the camera, gives back what was removed, and the old head", async () => {
    await browser.visit("predict/?rounds=1&steps=10", DESKTOP);
    await looked("T-shirt 1");
    await browser.upload("#class-1-files", file("notes.txt", "no picture"));
    await expect.poll(tuneMessage).toContain("notes.txt is no picture this browser can read");
    await browser.upload("#class-1-files", "demos/svm/svm.webp");
    await expect.poll(tuneMessage).toBe("Class 1 has 1 picture.");
    await page.pretendCamera();
    await browser.click(".class:nth-child(2) .buttons button:nth-child(2)");
    await expect.poll(tuneMessage).toContain("The camera is on");
    await browser.click(".class:nth-child(2) .buttons button:nth-child(2)");
    await expect.poll(tuneMessage).toBe("Class 2 has 1 picture.");
    await browser.click("#camera");
    await browser.click(".class:nth-child(2) .thumbs button");
    expect(await tuneMessage()).toBe("Snapshot is removed.");
    await browser.click("#train");
    expect(await tuneMessage()).toContain("No picture yet of Class 2.");
    await browser.click("#undo");
    await browser.click("#train");
    await expect
      .poll(tuneMessage, { timeout: 30_000 })
      .toContain("of the pictures it learned from are right");
    expect(await browser.text("#accuracy-note")).toContain("says little about new ones");
    await looked("svm.webp", "Tuned: Class 1, Class 2");
    await browser.click("#reset");
    expect((await looked("svm.webp")).predictions).toHaveLength(5);
    expect(browser.problems).toEqual([]);
  });
});
