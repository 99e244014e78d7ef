import { expect, test } from "vitest";
import { ValueError } from "../../../src/core/errors.ts";
import * as nn from "../../../src/nn/index.ts";
import { tensor } from "../../../src/tensor/create.ts";
import { initShared } from "../../support/shared_device.ts";

await initShared();

/** Evaluates JavaScript that TypeScript refuses: `x` holds two elements, `s` one; `model` is a layer. */
function evaluated(code: string): unknown {
  const x = tensor([1, 2]);
  const s = tensor(3);
  return new Function("x", "s", "model", `return ${code}`)(x, s, new nn.Linear(2, 1));
}

test.each([
  ["JSON.stringify(x)", "tensor[2] f32"],
  ["JSON.stringify({ loss: s })", "tensor[] f32"],
  ["JSON.stringify(model)", "y[1, 2] f32"],
])("%s says to read first", (code, got) => {
  expect(() => evaluated(code)).toThrow(ValueError);
  expect(() => evaluated(code)).toThrow(
    `JSON.stringify: expected numbers, got ${got}; use add(), less() …, or [...(await read())]`,
  );
});

test("what JSON.stringify says to use gives the elements as a list", async () => {
  expect(JSON.stringify([...(await tensor([1, 2]).read())])).toBe("[1,2]");
});

// docs/guides/from_pytorch.md lists these
test.each(["x + 1", "s * 2", "-s", "Math.max(s)", "s > 0", "s == 3", "Number(s)", '"loss: " + s'])(
  "%s is refused: it would not compute with the elements",
  (code) => {
    expect(() => evaluated(code)).toThrow(ValueError);
    const got = `tensor${code.includes("x + 1") ? "[2]" : "[]"} f32`;
    expect(() => evaluated(code)).toThrow(
      `operator: expected numbers, got ${got}; use add(), less() …, or [...(await read())]`,
    );
  },
);

test.each([
  ["`$" + "{s}`", "tensor[] f32"],
  ["String(x)", "tensor[2] f32"],
  ["[s, s].join()", "tensor[] f32,tensor[] f32"],
  ["s == model.weight", false],
  ["s ? 1 : 0", 1],
  ["x[0]", undefined],
  ["x.length", undefined],
])("%s is no operation: JavaScript gives %o", (code, given) => {
  expect(evaluated(code)).toBe(given);
});

test("toEqual takes tensors for equal only if they share their bytes", async () => {
  const [x, other] = [tensor([1, 2]), tensor([1, 2])];
  expect(x).not.toEqual(other);
  expect({ weights: [x] }).not.toStrictEqual({ weights: [other] });
  expect({ weights: [x] }).toEqual({ weights: [x.detach()] });
  expect(await x.read()).toEqual(await other.read());
});

test.each(["[...x]", "new Set(x)", "(([first]) => first)(x)"])("%s is refused", (code) => {
  expect(() => evaluated(code)).toThrow(/not iterable/);
});
