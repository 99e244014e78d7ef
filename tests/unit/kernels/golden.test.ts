import { expect, test } from "vitest";
import { loadShader } from "../../../src/shader/generate.ts";
import { source } from "../../../src/shader/shader.ts";

/**
 * The linked text of a few kernels, whole, as the browser gets it: read it when the linker or a shared file changes.
 * `npx vitest run --project unit golden --update` rewrites the files.
 */
const shaders = [
  { name: "a used file", path: "elementwise/fill.wgsl", slots: {}, file: "fill" },
  {
    name: "a slot",
    path: "elementwise/activate.wgsl",
    slots: { act: "relu", map: "four" },
    file: "activate_relu",
  },
  {
    name: "slots that bring a buffer",
    path: "matmul/naive.wgsl",
    slots: { channel: "column", epilogue: "bias", preactivation: "dropped", act: "relu" },
    file: "matmul_naive_bias_relu",
  },
];

test.each(shaders)("$name is linked as its golden file says", async ({ path, slots, file }) => {
  const text = source(loadShader("shaders", path), slots);
  await expect(text).toMatchFileSnapshot(`../../golden/${file}.wgsl`);
});
