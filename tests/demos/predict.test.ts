import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { percent } from "../../demos/shared/format.ts";
import { type DemoBrowser, root } from "./browser.ts";
import { type Found, says } from "./findings.ts";
import { PredictPage, type Result } from "./predict_page.ts";
import { DESKTOP, doesItsWork, PHONE } from "./works.ts";

/** A network exported by PyTorch; see tests/golden/onnx_networks.py. */
const densenet = Buffer.from(
  readFileSync(resolve(root, "tests/golden/onnx_networks.jsonl"), "utf8")
    .split("\n")
    .filter((line) => line.startsWith('{"name":"densenet"'))
    .map((line) => JSON.parse(line).model)[0],
  "base64",
);

let page: PredictPage;
let browser: DemoBrowser;
beforeAll(async () => {
  page = await PredictPage.open();
  browser = page.browser;
});
afterAll(() => page.close());

const file = (name: string, content: Uint8Array | string) => page.file(name, content);
const looked = (picture: string, network?: string) => page.looked(picture, network);

const message = () => browser.text("#message");
const networkMessage = () => browser.text("#network-message");

type Told = Record<"left" | "right", { right: number; of: number; sure: number }>;
type Whole = Result & {
  readonly experiments: Record<"aside" | "negative" | "unknown", Found<Told>>;
};

/** The page after it has classified all pictures, learned from some and done its experiments. */
let worked: Promise<Whole> | undefined;
const open = () => {
  worked ??= doesItsWork<Whole>(browser, "predict", { rounds: 1, steps: 40 });
  return worked;
};

describe("the page that classifies pictures", () => {
  test("its experiments say what their figures say", async () => {
    const { aside, negative, unknown } = (await open()).experiments;
    for (const { figures, sentence, answer } of [aside, negative]) {
      const { left, right } = figures;
      expect([left.of, right.of]).toEqual([20, 20]);
      expect(left.right).toBeGreaterThanOrEqual(16);
      says(sentence, `${left.right} of 20 are right`, `${right.right} of 20`, percent(right.sure));
      expect(answer).toBe(
        right.right >= left.right
          ? "As many are right"
          : 2 * right.right > left.right
            ? "Fewer are right"
            : "Not even half as many",
      );
    }
    expect(aside.figures.left).toEqual(negative.figures.left); // the same pictures
    expect(negative.figures.right.right).toBeLessThan(10);
    expect(unknown.figures.right.sure).toBeGreaterThan(0.3); // classification still works
    says(unknown.sentence, percent(unknown.figures.left.sure), percent(unknown.figures.right.sure));
  });

  test("classifies most of its held-out pictures correctly, and learns three digits from 54", async () => {
    const { rightOfThePage = "", tuning, accuracy, ...found } = await open();
    const [right = 0, of] = rightOfThePage.split(" of ").map(Number);
    expect(of).toBe(20);
    // the accuracy on 20 pictures is about 85 %, 17; two standard deviations are 3
    expect(right).toBeGreaterThanOrEqual(14);
    // then it learned three digits: a head of 3 · 65 weights replaces one of 10 · 65
    expect(found.parameters).toBe(77_754 - 7 * 65);
    expect(tuning).toMatchObject({
      ...{ classes: ["Digit 0", "Digit 4", "Digit 7"], trained: 54, heldOut: 18, steps: 40 },
    });
    // an untrained head guesses: a third is right, ± two deviations of 0.11
    expect(tuning?.before).toBeLessThan(0.7);
    expect(tuning?.after).toBeGreaterThanOrEqual(0.8);
    expect(accuracy).toBeCloseTo(tuning?.after ?? 0, 6);
    expect(found.predictions[0]).toMatch(/^Digit /);
    expect(await browser.text("#value-after")).toBe(percent(accuracy ?? 0));
    expect(browser.problems).toEqual([]);
  });

  test("classifies a visitor's picture: dropped, pasted, from a file, the same file twice; on a touch screen, with a visitor's network, from the camera", async () => {
    await browser.visit("predict/?rounds=foo&steps=9", PHONE);
    expect(await browser.text("#address-note")).toBe(
      "?rounds=foo: expected a number. The page goes on with 5." +
        "?steps=9: expected a whole number from 10 to 500. The page goes on with 120.",
    );
    expect((await looked("T-shirt 1")).predictions[0]).toMatch(/^T-shirt /);
    await takesFiles();
    await browser.resize(DESKTOP);
    await refusesAndInverts();
    await runsOnnx();
    await looksThroughTheCamera();
    expect(browser.problems).toEqual([]);
  });
});

/** Pictures dropped beside the picture, pasted, the same file twice; by touch. */
async function takesFiles(): Promise<void> {
  expect(await page.hand("drop", "h1")).toBe(true);
  await looked("handed.png");
  await browser.tap('[data-picture="Boot 2"]');
  await looked("Boot 2");
  await page.hand("paste", "body");
  await looked("handed.png");
  for (let time = 0; time < 2; time++) {
    await browser.upload("#picture-file", "demos/svm/svm.webp");
    await looked("svm.webp");
    await browser.tap('[data-picture="Flower"]');
    await looked("Flower");
  }
}

/** A file that is no picture is refused; a picture with a light background is inverted. */
async function refusesAndInverts(): Promise<void> {
  await browser.upload("#picture-file", file("none.png", "no picture"));
  await expect.poll(message).toContain("none.png is no picture this browser can read");
  await browser.click('[data-picture="Flower"]');
  expect((await looked("Flower")).inverted).toBe(false);
  await browser.upload("#picture-file", "demos/svm/svm.webp");
  expect((await looked("svm.webp")).inverted).toBe(true);
  expect(await message()).toContain("so it was inverted");
}

/** A visitor's ONNX file, class names for it, and a damaged file. */
async function runsOnnx(): Promise<void> {
  await browser.click('[data-picture="T-shirt 1"]');
  await looked("T-shirt 1");
  await browser.upload("#network-file", file("broken.onnx", densenet.subarray(0, 5000)));
  await expect.poll(networkMessage, { timeout: 20_000 }).toContain("broken.onnx cannot be used");
  expect(await networkMessage()).toContain("Built-in: clothes stays.");
  await browser.upload("#network-file", file("densenet.onnx", densenet));
  const { predictions } = await looked("T-shirt 1", "densenet.onnx");
  expect(predictions[0]).toMatch(/^class \d /);
  await browser.evaluate(() => {
    const names = document.getElementById("labels") as HTMLTextAreaElement;
    names.value = Array.from({ length: 10 }, (_, i) => `kind ${i}`).join("\n");
    names.dispatchEvent(new Event("input"));
  });
  await expect.poll(() => browser.text("#bars .label")).toMatch(/^kind \d$/);
  await browser.click("#built-in");
  expect((await looked("T-shirt 1")).predictions[0]).toMatch(/^T-shirt /);
}

/** The camera runs until it is stopped; without a camera the page says why. */
async function looksThroughTheCamera(): Promise<void> {
  await browser.evaluate(() => {
    navigator.mediaDevices.getUserMedia = async () => {
      throw new DOMException("no", "NotAllowedError");
    };
  });
  await browser.click("#camera");
  await expect.poll(message).toContain("does not let this page use the camera");
  await page.pretendCamera();
  await browser.click("#camera");
  await looked("Camera");
  expect(await browser.text("#camera")).toBe("Stop the camera");
  await browser.click("#camera");
  await expect.poll(() => browser.text("#camera")).toBe("Camera");
  await browser.click('[data-picture="Boot 2"]');
  await looked("Boot 2");
}
