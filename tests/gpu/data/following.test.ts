import { describe, expect, test } from "vitest";
import * as transforms from "../../../src/data/transforms/index.ts";
import { manualSeed } from "../../../src/ops/random/random.ts";
import { capture } from "../../../src/tensor/capture.ts";
import { tensor } from "../../../src/tensor/create.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { initShared } from "../../support/shared_device.ts";

await initShared();

const [n, h, w] = [6, 14, 18];
/** Whether element p lies in the box: rows 4 to 9 and columns 5 to 11 of its image. */
const inside = (p: number) => {
  const [row, column] = [Math.floor(p / w) % h, p % w];
  return row >= 4 && row < 10 && column >= 5 && column < 12;
};

/** Pictures that show a box, masks with the object's number, and bounding boxes. */
const batch = () => ({
  x: tensor(
    Float32Array.from({ length: n * h * w }, (_, p) => Number(inside(p))),
    { shape: [n, 1, h, w] },
  ),
  y: tensor(new Uint32Array(n)),
  masks: tensor(
    Uint32Array.from({ length: n * h * w }, (_, p) => (inside(p) ? 70_001 : 0)),
    { shape: [n, 1, h, w] },
  ),
  boxes: tensor(Array.from({ length: n }, () => [[5, 4, 12, 10]])),
});

const given = batch();

/** Bounding box x₁, y₁, x₂, y₂ of the values above a threshold in each picture. */
function boundsOf(values: ArrayLike<number>, shape: readonly number[], above: number): number[][] {
  const [count = 0, , height = 0, width = 0] = shape;
  return Array.from({ length: count }, (_, image) => {
    const bounds = [width, height, 0, 0];
    for (let p = 0; p < height * width; p++) {
      if (!((values[image * height * width + p] as number) > above)) continue;
      const [row, column] = [Math.floor(p / width), p % width];
      bounds[0] = Math.min(bounds[0] as number, column);
      bounds[1] = Math.min(bounds[1] as number, row);
      bounds[2] = Math.max(bounds[2] as number, column + 1);
      bounds[3] = Math.max(bounds[3] as number, row + 1);
    }
    return bounds;
  });
}

async function seen({ x, masks, boxes }: { x: Tensor; masks: Tensor; boxes: Tensor }) {
  const read = { x: await x.read(), masks: await masks.read(), boxes: await boxes.read() };
  for (const each of [x, masks, boxes]) each.dispose();
  const moved = Array.from({ length: n }, (_, i) => [...read.boxes.slice(4 * i, 4 * i + 4)]);
  return {
    read,
    moved,
    masked: boundsOf(read.masks, masks.shape, 0),
    shown: boundsOf(read.x, x.shape, 0.5),
  };
}

const whole = new transforms.Compose([
  new transforms.RandomCrop([12, 12], { padding: 2 }),
  new transforms.RandomHorizontalFlip(),
  new transforms.RandomVerticalFlip(),
]);

describe("masks and boxes go with their images:", () => {
  test("to the cell where whole cells are moved, each by its own numbers", async () => {
    manualSeed(3);
    const made = whole.forward(given);
    expect([made.masks.dtype, made.masks.shape, made.boxes.shape]).toEqual([
      "u32",
      [n, 1, 12, 12],
      [n, 1, 4],
    ]);
    const { read, moved, masked, shown } = await seen(made);
    expect([...read.masks]).toEqual([...read.x].map((v) => 70_001 * v));
    expect(moved).toEqual(shown);
    expect(moved).toEqual(masked);
    expect(new Set(moved.map(String)).size).toBeGreaterThan(2);
  });

  test("resized, in a pass of its own", async () => {
    const made = new transforms.Resize([28, 36]).forward(given);
    const { moved, masked } = await seen(made);
    expect(moved).toEqual(Array.from({ length: n }, () => [10, 8, 24, 20]));
    expect(masked).toEqual(moved);
  });

  test("turned and scaled: boxes hold what masks show, and little more", async () => {
    manualSeed(8);
    const turn = new transforms.RandomAffine(20, { scale: [0.8, 1.1], interpolation: "bilinear" });
    const { moved, masked } = await seen(turn.forward(given));
    const off = moved.flatMap((box, i) =>
      box.map((v, k) => Math.abs(v - (masked[i]?.[k] as number))),
    );
    expect(Math.max(...off)).toBeLessThan(1.5);
    expect(new Set(moved.map(String)).size).toBe(n);
  });

  test("colours leave them as they are, and what is erased stays in masks", async () => {
    const made = new transforms.Compose([
      new transforms.RandomErasing({ p: 1 }),
      new transforms.Normalize(0.5, 2),
    ]).forward(given);
    expect(await made.masks.read()).toEqual(await given.masks.read());
    expect(await made.boxes.read()).toEqual(await given.boxes.read());
    made.x.dispose();
  });

  test("where an image takes one operation of fourteen, geometry or not", async () => {
    manualSeed(11);
    const made = new transforms.TrivialAugmentWide().forward(given);
    const { masked } = await seen(made);
    const stayed = boundsOf(await given.masks.read(), given.masks.shape, 0);
    const moved = masked.filter((bounds, i) => `${bounds}` !== `${stayed[i]}`);
    expect(moved.length).toBeGreaterThan(0);
    expect(moved.length).toBeLessThan(n);
  });

  test("in a captured step", async () => {
    const step = capture((x: Tensor, y: Tensor, masks: Tensor, boxes: Tensor) =>
      whole.forward({ x, y, masks, boxes }),
    );
    const { x, y, masks, boxes } = given;
    manualSeed(5);
    for (let k = 0; k < 3; k++) {
      const made = step(x, y, masks, boxes);
      const { read, moved, shown } = await seen(made);
      made.y.dispose();
      expect([...read.masks]).toEqual([...read.x].map((v) => 70_001 * v));
      expect(moved).toEqual(shown);
    }
    step.dispose();
  });

  test("what does not belong to the images is refused, and so is mixing", () => {
    const { x, y, masks, boxes } = given;
    const flip = new transforms.RandomHorizontalFlip();
    using few = tensor(new Float32Array(8), { shape: [2, 1, 4] });
    expect(() => flip.forward({ x, y, boxes: few })).toThrow(
      /^RandomHorizontalFlip.*: expected boxes \[6, K, 4\] as x₁, y₁, x₂, y₂, got/,
    );
    expect(() => flip.forward({ x, y, masks: boxes })).toThrow(/expected masks \[6, K, 14, 18\]/);
    const mix = new transforms.MixUp({ numClasses: 2 });
    expect(() => mix.forward({ x, y, masks })).toThrow(/got masks or boxes, which cannot be mixed/);
  });
});
