import { expect, vi } from "vitest";
import * as wgrad from "wgrad";
import * as data from "wgrad/data";
import * as transforms from "wgrad/data/transforms";
import * as io from "wgrad/io";
import * as loss from "wgrad/loss";
import * as ml from "wgrad/ml";
import * as models from "wgrad/models";
import * as nn from "wgrad/nn";
import * as optim from "wgrad/optim";
import * as testing from "wgrad/testing";
import * as train from "wgrad/train";
import { initShared } from "./shared_device.ts";

const modules: Readonly<Record<string, object>> = {
  wgrad: { ...wgrad, init: initShared },
  "wgrad/data": data,
  "wgrad/data/transforms": transforms,
  "wgrad/io": io,
  "wgrad/loss": loss,
  "wgrad/ml": ml,
  "wgrad/models": models,
  "wgrad/nn": nn,
  "wgrad/optim": optim,
  "wgrad/testing": testing,
  "wgrad/train": train,
};

/** Runs a program, with the page's modules for its imports and on the page's device, and returns what it prints. */
export async function runProgram(code: string): Promise<unknown[][]> {
  const body = code
    .replace(/^import \* as (\w+) from "([^"]+)";$/gm, 'const $1 = modules["$2"];')
    .replace(/^import \{([^}]+)\} from "([^"]+)";$/gm, 'const {$1} = modules["$2"];');
  expect(body).not.toMatch(/^import/m);
  const printed: unknown[][] = [];
  const log = (...values: unknown[]) => void printed.push(values);
  const AsyncFunction = (async () => {}).constructor as FunctionConstructor;
  await new AsyncFunction("modules", "console", body)(modules, { log });
  return printed;
}

/** An IDX file: two zero bytes, the type, the dimensions, their sizes, the bytes. */
function idx(shape: readonly number[], value: (i: number) => number): Uint8Array<ArrayBuffer> {
  const head = new DataView(new ArrayBuffer(4 + 4 * shape.length));
  head.setUint8(2, 8);
  head.setUint8(3, shape.length);
  shape.forEach((size, k) => {
    head.setUint32(4 + 4 * k, size);
  });
  const size = shape.reduce((a, b) => a * b, 1);
  return new Uint8Array([
    ...new Uint8Array(head.buffer),
    ...Array.from({ length: size }, (_, i) => value(i)),
  ]);
}

/** Answers requests for Fashion-MNIST with 364 made-up pictures; returns the addresses that were asked for. */
export function serveClothes(): string[] {
  const count = 364;
  const asked: string[] = [];
  vi.spyOn(globalThis, "fetch").mockImplementation(async (url) => {
    asked.push(`${url}`);
    const labels = `${url}`.includes("labels");
    return new Response(
      labels ? idx([count], (i) => i % 10) : idx([count, 28, 28], (i) => i % 251),
    );
  });
  return asked;
}
