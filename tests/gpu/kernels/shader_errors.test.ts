import { expect, test } from "vitest";
import { ShaderError } from "../../../src/core/errors.ts";
import { requestAdapter, requestDevice } from "../../../src/gpu/adapter.ts";
import { type Kernel, kernel } from "../../../src/kernels/kernel.ts";
import { prepare } from "../../../src/kernels/prepare.ts";
import type { Part, Shader, Signature } from "../../../src/shader/shader.ts";

const device = await requestDevice(await requestAdapter());

const lib: Part = {
  file: "lib/half.wgsl",
  text: "// half of x\nfn half_of(x: f32) -> f32 { return x / 2.0; }\n",
};
const body = "@compute @workgroup_size(1)\nfn main() {\n  let y: f32 = half_of(3.0);\n}\n";

/** A kernel without buffers, made of these files; `path` is its name in the device's pipeline cache. */
function kernelOf(path: string, parts: Part[]): Kernel<Signature, object> {
  const shader: Shader = {
    path,
    parts,
    slots: {},
    bindings: [],
    params: [],
    paramsSize: 0,
  };
  return kernel(shader, () => ({ outputs: {}, params: {}, grid: [1], flops: 0, slots: {} }));
}
const compile = (path: string, ...parts: Part[]) => prepare(device, kernelOf(path, parts), {}, {});

const main = (path: string, text = body): Part => ({ file: path, text });

test("a shader that compiles is prepared", async () => {
  const prepared = await compile("test/good.wgsl", lib, main("test/good.wgsl"));
  expect(prepared.bindings).toEqual([]);
});

test("a compile error names the shader file, the line and the column", async () => {
  const path = "test/type.wgsl";
  const wrong = compile(path, lib, main(path, body.replace("3.0", "3u")));
  await expect(wrong).rejects.toThrow(ShaderError);
  await expect(wrong).rejects.toThrow(
    /^test\/type\.wgsl does not compile:\ntest\/type\.wgsl:3:\d+: /,
  );
});

test("a compile error in a used file names that file", async () => {
  const path = "test/used.wgsl";
  const wrong = compile(path, { ...lib, text: lib.text.replace("2.0", "true") }, main(path));
  await expect(wrong).rejects.toThrow(/\nlib\/half\.wgsl:2:\d+: /);
});

test("a compile error in the built library, which has no files and lines, quotes what stands there", async () => {
  const text = body.replace("3.0", "3u").replaceAll("\n", "");
  const wrong = compile("test/lean.wgsl", { ...lib, file: "lib/" }, main("", text));
  await expect(wrong).rejects.toThrow(
    /^test\/lean\.wgsl does not compile:\nnear '.*half_of\(3u\).*': /,
  );
});

test("a shader that failed once is refused with the same words the second time", async () => {
  const path = "test/missing.wgsl";
  const first = await compile(path, main(path)).catch(String);
  expect(first).toContain(`\n${path}:3:`);
  expect(await compile(path, main(path)).catch(String)).toBe(first);
});
