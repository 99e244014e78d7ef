import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { ValueError } from "../../../src/core/errors.ts";
import { saveFile } from "../../../src/node/save_file.ts";

const folder = mkdtempSync(join(tmpdir(), "wgrad-save-"));
const path = join(folder, "model.ckpt");
afterAll(() => rmSync(folder, { recursive: true }));

let handles: FileHandle;
beforeEach(async () => {
  writeFileSync(path, "the old checkpoint");
  const handle = await open(path);
  handles = Object.getPrototypeOf(handle);
  await handle.close();
});
afterEach(() => vi.restoreAllMocks());

const old = () => [readFileSync(path, "utf8"), readdirSync(folder)];

/** Writing ends half-way, and then as `end` does. */
function halfWay(end: () => Promise<void>): void {
  vi.spyOn(handles, "writeFile").mockImplementation(async function (this: FileHandle, data) {
    await this.write((data as Uint8Array).subarray(0, 4));
    await end();
  });
}

describe("saveFile", () => {
  test("writes bytes, buffers and text in place of what was there, and leaves nothing beside it", async () => {
    for (const data of [Uint8Array.of(110, 101, 119), Uint8Array.of(110, 101, 119).buffer, "new"]) {
      writeFileSync(path, "the old checkpoint");
      await saveFile(path, data);
      expect(old()).toEqual(["new", ["model.ckpt"]]);
    }
  });

  test("that ends half-way, on a full disk, leaves the old file, and says so", async () => {
    halfWay(() => Promise.reject(new Error("ENOSPC: no space left on device, write")));
    const error = await saveFile(path, new Uint8Array(100)).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ValueError);
    expect(`${error}`).toContain(
      `saveFile: expected a file that can be written at '${path}', got ENOSPC: no space left on device, write; look at the folder`,
    );
    expect((error as Error).cause).toBeInstanceOf(Error);
    expect(old()).toEqual(["the old checkpoint", ["model.ckpt"]]);
  });

  test("whose process ends half-way leaves the old file", async () => {
    const reached = new Promise<void>((done) => {
      halfWay(() => {
        done();
        return new Promise(() => {}); // as it never comes to more
      });
    });
    void saveFile(path, new Uint8Array(100));
    await reached;
    const [contents, files] = old();
    expect(contents).toBe("the old checkpoint");
    const [half = ""] = (files as string[]).filter((name) => name !== "model.ckpt");
    expect(half).toMatch(/^model\.ckpt\.\d+\.\d+\.tmp$/);
    expect(readFileSync(join(folder, half)).length).toBe(4);
    rmSync(join(folder, half));
  });

  test("of two at once leaves one whole file", async () => {
    const [a, b] = ["a", "b"].map((letter) => letter.repeat(1e6));
    await Promise.all([a, b].map((text) => saveFile(path, text as string)));
    const [contents, files] = old();
    expect([a, b]).toContain(contents);
    expect(files).toEqual(["model.ckpt"]);
  });

  test("refuses a folder that is not there, and what are no bytes", async () => {
    const nowhere = join(folder, "nowhere", "model.ckpt");
    await expect(saveFile(nowhere, "")).rejects.toThrow(/got ENOENT/);
    await expect(saveFile(folder, "")).rejects.toThrow(/^saveFile: expected a file that can be/);
    await expect(saveFile(path, new Float32Array(2) as never)).rejects.toThrow(
      /^saveFile: expected an ArrayBuffer, Uint8Array or a string as data, got an object of class Float32/,
    );
    expect(old()).toEqual(["the old checkpoint", ["model.ckpt"]]);
  });
});
