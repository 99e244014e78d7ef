import { describe, expect, test } from "vitest";
import { DataLoader, imageTensor, openImageFolder } from "../../../src/data/index.ts";
import { initShared } from "../../support/shared_device.ts";

const engine = await initShared();

/** A file of a folder: a picture of one colour. */
async function picture(path: string, colour: string, side = 8): Promise<File> {
  const canvas = new OffscreenCanvas(side, side);
  const context = canvas.getContext("2d") as OffscreenCanvasRenderingContext2D;
  context.fillStyle = colour;
  context.fillRect(0, 0, side, side);
  const blob = await canvas.convertToBlob({ type: "image/png" });
  const file = new File([blob], path.split("/").at(-1) as string, { type: "image/png" });
  return Object.defineProperty(file, "webkitRelativePath", { value: path });
}

const files = async () => [
  await picture("animals/dog/2.png", "#00ff00"),
  await picture("animals/cat/b/1.PNG", "#ff0000"),
  await picture("animals/dog/1.png", "#0000ff", 12),
  new File(["notes"], "notes.txt"),
];
const size = { resize: [4, 4] as const };

describe("a folder with a folder for each class", () => {
  test("of files that were chosen has classes, paths and pictures in alphabetical order", async () => {
    const folder = await openImageFolder(await files(), size);
    expect(folder.classes).toEqual(["cat", "dog"]);
    expect(folder.classToIdx).toEqual({ cat: 0, dog: 1 });
    expect(folder.samples.map(({ path }) => path)).toEqual([
      "cat/b/1.PNG",
      "dog/1.png",
      "dog/2.png",
    ]);
    expect([...folder.targets]).toEqual([0, 1, 1]);
    const { x, y } = await folder.batch(Uint32Array.of(2, 0));
    expect([x.shape, y.dtype]).toEqual([[2, 3, 4, 4], "u32"]);
    const values = await x.read();
    expect([0, 16, 32].map((i) => values[i])).toEqual([0, 1, 0]); // green
    expect([48, 64, 80].map((i) => values[i])).toEqual([1, 0, 0]); // red
    expect([...(await y.read())]).toEqual([1, 0]);
    x.dispose();
    y.dispose();
    const one = await folder.get(1);
    expect([one.x.shape, one.y]).toEqual([[3, 4, 4], 1]);
    one.x.dispose();
  });

  test("feeds a loader, which frees its batches", async () => {
    const folder = await openImageFolder(await files(), size);
    await engine.flush();
    const before = engine.counters().liveBytes;
    const seen: number[] = [];
    for await (const { x, y } of new DataLoader(folder, { batchSize: 2, prefetch: 1, seed: 3 })) {
      expect((await x.read()).length).toBe(48 * y.size);
      seen.push(...(await y.read()));
    }
    expect(seen.toSorted()).toEqual([0, 1, 1]);
    await engine.flush();
    expect(engine.counters().liveBytes).toBe(before);
  });

  /** File system entries as a drop event gives them; a directory reader returns at most one entry a call. */
  const fileEntry = (file: File) => ({
    ...{ isDirectory: false, name: file.name },
    file: (done: (file: File) => void) => done(file),
  });
  const folderEntry = (name: string, children: object[]) => ({
    ...{ isDirectory: true, name },
    createReader: () => {
      const left = [...children];
      return { readEntries: (done: (some: object[]) => void) => done(left.splice(0, 1)) };
    },
  });
  const dropped = (...entries: object[]) =>
    ({
      items: entries.map((entry) => ({ webkitGetAsEntry: () => entry })),
      files: [],
    }) as never as DataTransfer;

  test("is dropped as one, or as its classes", async () => {
    const [two, one, other] = (await files()).map(fileEntry);
    const cat = folderEntry("cat", [one as object]);
    const dog = folderEntry("dog", [two as object, other as object]);
    const whole = await openImageFolder(dropped(folderEntry("animals", [cat, dog])), size);
    const apart = await openImageFolder(dropped(dog, cat), size);
    for (const { classes, samples } of [whole, apart]) {
      expect(classes).toEqual(["cat", "dog"]);
      expect(samples.map(({ path }) => path)).toEqual(["cat/1.PNG", "dog/1.png", "dog/2.png"]);
    }
  });

  test("is a directory that was picked", async () => {
    const [two, one] = await files();
    const handle = (name: string, entries: [string, object][]) => ({
      ...{ kind: "directory", name },
      entries: async function* () {
        yield* entries;
      },
    });
    const file = (of: File | undefined) => ({ kind: "file", getFile: async () => of });
    const root = handle("animals", [
      ["dog", handle("dog", [["2.png", file(two)]])],
      ["cat", handle("cat", [["1.PNG", file(one)]])],
    ]);
    const folder = await openImageFolder(root as never as FileSystemDirectoryHandle, size);
    expect(folder.samples.map(({ path }) => path)).toEqual(["cat/1.PNG", "dog/2.png"]);
  });

  test("is refused without classes, without pictures, and for pictures of several sizes", async () => {
    const alone = await picture("animals/1.png", "#fff");
    await expect(openImageFolder([alone])).rejects.toThrow(
      /^openImageFolder: expected a folder for each class, .* got "1.png" in none; put them as animals\/cat\/1.jpg/,
    );
    await expect(openImageFolder([])).rejects.toThrow(/got no picture/);
    const folder = await openImageFolder(await files());
    await expect(folder.batch(Uint32Array.of(1, 2))).rejects.toThrow(
      /expected pictures of one resulting size, got 12 × 12 and 8 × 8/,
    );
    await expect(folder.batch(Uint32Array.of(3))).rejects.toThrow(
      /ImageFolder: expected indices below 3/,
    );
  });
});

test("a picture of a URL is that of its file", async () => {
  const [file] = await files();
  const url = URL.createObjectURL(file as File);
  const [a, b, c] = await Promise.all(
    [file as File, url, new URL(url)].map((each) => imageTensor(each)),
  );
  expect(await b?.read()).toEqual(await a?.read());
  expect(await c?.read()).toEqual(await a?.read());
  for (const each of [a, b, c]) each?.dispose();
  await expect(imageTensor("/no/such/picture.png")).rejects.toThrow(
    /^imageTensor: expected (a picture at|a file of an image)/,
  );
});
