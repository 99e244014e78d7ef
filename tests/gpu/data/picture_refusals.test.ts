import { describe, expect, test } from "vitest";
import { imageTensor, predictions, toCanvas, toImage } from "../../../src/data/index.ts";
import { tensor } from "../../../src/tensor/create.ts";
import { initShared } from "../../support/shared_device.ts";

const engine = await initShared();
const pixels = { width: 4, height: 3, data: new Uint8ClampedArray(48) };
const zeros = (...shape: number[]) =>
  tensor(new Float32Array(shape.reduce((a, b) => a * b, 1)), { shape });

/** The call rejects with these words, in its own name, and leaves the engine usable. */
async function refused(call: Promise<unknown>, words: RegExp): Promise<void> {
  const before = engine.counters().dispatches;
  const error: Error = await call.then(
    () => new Error("accepted"),
    (reason: Error) => reason,
  );
  expect(error.name).toMatch(/^(Value|Shape)Error$/);
  expect(error.message).toMatch(words);
  expect(engine.counters().dispatches).toBe(before);
}

describe("imageTensor refuses by name", () => {
  test("a bitmap that was closed", async () => {
    const bitmap = await createImageBitmap(new ImageData(2, 2));
    bitmap.close();
    await refused(
      imageTensor(bitmap),
      /^imageTensor: expected an ImageBitmap with pixels, got 0 × 0; make another/,
    );
  });

  test("canvases without an area", async () => {
    await refused(imageTensor(new OffscreenCanvas(0, 5)), /an OffscreenCanvas .* got 0 × 5/);
    const canvas = document.createElement("canvas");
    canvas.height = 0;
    await refused(imageTensor(canvas), /an HTMLCanvasElement .* got 300 × 0/);
  });

  test("an img element before it is loaded, and one that cannot be", async () => {
    const image = new Image();
    await refused(imageTensor(image), /an HTMLImageElement .* got 0 × 0; await image.decode/);
    image.src = "data:image/png;base64,AAAA";
    await image.decode().catch(() => undefined);
    await refused(imageTensor(image), /an HTMLImageElement .* got 0 × 0; await image.decode/);
  });

  test("a video without a frame, and a frame that was closed", async () => {
    const video = document.createElement("video");
    await refused(imageTensor(video), /an HTMLVideoElement .* got 0 × 0; wait for .* loadeddata/);
    const frame = new VideoFrame(Uint8Array.of(1, 2, 3, 255), {
      ...{ format: "RGBA", codedWidth: 1, codedHeight: 1, timestamp: 0 },
    });
    frame.close();
    await refused(imageTensor(frame), /a VideoFrame .* got 0 × 0; pass it before/);
  });

  test("a canvas with content of another origin", async () => {
    const image = new Image();
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="2" height="2"><foreignObject width="2" height="2"/></svg>`;
    image.src = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.getContext("2d")?.drawImage(image, 0, 0);
    await refused(imageTensor(canvas), /an HTMLCanvasElement that may be read, .* crossOrigin/);
  });

  test("files that are no images", async () => {
    await refused(
      imageTensor(new Blob(["text"], { type: "text/plain" })),
      /^imageTensor: expected a file of an image that this browser decodes, got 4 bytes of type "text\/plain"/,
    );
    await refused(imageTensor(new Blob([])), /got 0 bytes/);
  });

  test("pixels that are not four bytes each, or of another colour space", async () => {
    await refused(imageTensor({ ...pixels, width: 5 }), /got 48 bytes for 5 × 3/);
    await refused(imageTensor({ ...pixels, width: 0 }), /got 48 bytes for 0 × 3/);
    const wide = new ImageData(2, 2, { colorSpace: "display-p3" });
    await refused(imageTensor(wide), /expected ImageData in sRGB, got display-p3/);
  });

  test("sizes that are none, and crops larger than the picture", async () => {
    await refused(imageTensor(pixels, { resize: 0 }), /integers ≥ 1 .* got 0/);
    await refused(imageTensor(pixels, { crop: [2, 1.5] }), /integers ≥ 1 .* got 1.5/);
    await refused(imageTensor(pixels, { crop: 4 }), /a crop within 3 × 4, got 4 × 4/);
    await refused(imageTensor(pixels, { resize: 2, crop: [2, 3] }), /within 2 × 2, got 2 × 3/);
  });

  test("mean and std that do not fit the channels", async () => {
    await refused(imageTensor(pixels, { mean: [0, 0] }), /for each of 3 channels, got \[0, 0\]/);
    await refused(imageTensor(pixels, { std: [1, 0, 1] }), /std other than 0/);
    await refused(imageTensor(pixels, { channels: 1, mean: [0, 0, 0] }), /each of 1 channels/);
  });

  test("a background where alpha is a channel", async () => {
    await refused(
      imageTensor(pixels, { channels: 4, background: [0, 0, 0] }),
      /expected a background with 1 or 3 channels, got one with 4/,
    );
  });

  test("no pictures, and several of different results", async () => {
    await refused(imageTensor([]), /expected an image, .* got \[\]/);
    await refused(
      imageTensor([pixels, { ...pixels, width: 3, height: 4 }]),
      /expected pictures of one resulting size, got 3 × 4 and 4 × 3/,
    );
  });
});

describe("toImage and toCanvas refuse by name", () => {
  test("other shapes than those of one picture", async () => {
    for (const shape of [
      [3, 2],
      [2, 3, 2, 2],
      [2, 2, 2],
      [3, 0, 2],
    ])
      await refused(toImage(zeros(...shape)), /^toImage: expected x \[C, H, W\] or \[1, C, H, W\]/);
  });

  test("NaN, with its place", async () => {
    const x = tensor([
      [
        [0, 1],
        [2, Number.NaN],
      ],
    ]);
    await refused(toImage(x), /^toImage: .* got NaN in channel 0 at row 1, column 1/);
    await refused(toCanvas(x, new OffscreenCanvas(1, 1)), /^toCanvas: .* got NaN/);
  });

  test("mean and std that do not fit", async () => {
    await refused(toImage(zeros(1, 2, 2), { std: [1, 1, 1] }), /^toImage: .* each of 1 channels/);
  });

  test("a canvas that something else draws on", async () => {
    const canvas = new OffscreenCanvas(1, 1);
    canvas.getContext("webgpu");
    await refused(
      toCanvas(zeros(1, 2, 2), canvas),
      /^toCanvas: expected a canvas with context "2d"/,
    );
  });
});

describe("predictions", () => {
  const logits = () =>
    tensor([
      [0, Math.log(3), 0],
      [2, 2, -Infinity],
    ]);
  const labels = ["cat", "dog", "owl"];

  test("gives the likeliest classes of every row with label and probability, equals by index", async () => {
    const [first = [], second = []] = await predictions(logits(), { k: 2, labels });
    expect(first.map(({ label, index }) => [label, index])).toEqual([
      ["dog", 1],
      ["cat", 0],
    ]);
    expect(first[0]?.probability).toBeCloseTo(0.6, 6);
    expect(first[1]?.probability).toBeCloseTo(0.2, 6);
    expect(second.map(({ label }) => label)).toEqual(["cat", "dog"]);
    expect(second[0]?.probability).toBeCloseTo(0.5, 6);
  });

  test("gives all of fewer than five, with indices where there are no labels, of a single row, too", async () => {
    const found = await predictions(tensor([1, 2, 3]));
    expect(found.map((row) => row.map(({ label }) => label))).toEqual([["2", "1", "0"]]);
  });

  test("refuses labels of another number, k beyond the classes, NaN and other shapes", async () => {
    const many = predictions(logits(), { labels: ["a", "b"] });
    await refused(many, /^predictions: expected 3 labels, one a class, got 2/);
    await refused(predictions(logits(), { k: 4 }), /^predictions: .*got 4/);
    await refused(predictions(zeros(1, 2, 3)), /^predictions: expected logits \[n, classes\]/);
    const error = await predictions(tensor([1, Number.NaN])).catch((reason: unknown) => reason);
    expect(`${error}`).toMatch(/^ValueError: predictions: expected logits below infinity/);
  });
});
