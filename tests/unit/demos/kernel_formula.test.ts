import { expect, test } from "vitest";
import { formulaOf } from "../../../demos/kernels/shader_text.ts";

const of = (text: string) => formulaOf({ path: "own.wgsl", parts: [{ file: "own.wgsl", text }] });
const formula = "// y[i] = shape(x[i])\n//   for every i\n";
const use = "//! use wgrad/lib/tanh.wgsl\n//! use ./shapes/* as shape\n";
const code = "override WG: u32 = 64; // not this\n// nor this\n";
const shown = "y[i] = shape(x[i])\n  for every i";

test.each([
  ["after directives", use + formula + code],
  ["before directives", formula + use + code],
  ["between empty lines", `${use}\n${formula}\n// not this\n${code}`],
  ["alone", formula + code],
  ["after an empty line, as a string begins", `\n${formula}${use}${code}`],
  ["with line ends of Windows", (formula + use + code).replaceAll("\n", "\r\n")],
])("the Kernels page shows the comment at the top of a shader %s", (_, text) => {
  expect(of(text)).toBe(shown);
});

test("a shader without such a comment shows none", () => {
  expect(of(use + code)).toBe("");
  expect(of(code)).toBe("");
});
