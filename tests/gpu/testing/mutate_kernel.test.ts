import { describe, expect, test } from "vitest";
import { kernel, shader, wgslLibrary } from "../../../src/kernels/index.ts";
import { mutateKernel } from "../../../src/testing/index.ts";

const newDevice = async () =>
  (await (await navigator.gpu.requestAdapter())?.requestDevice()) as GPUDevice;

const shifted = kernel(
  shader(
    `//! use wgrad/lib/nan.wgsl
struct Params { n: u32, by: f32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>; // [n]
@group(0) @binding(2) var<storage, read_write> y: array<f32>; // [n]
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let i = id.x;
  if (i < params.n) { y[i] = keep_nan(x[i], max(x[i] + params.by, 0.0)); }
}`,
    { name: "shifted", files: wgslLibrary },
  ),
  ({ x }, { by }: { by: number }) => {
    const n = x.reduce((a, b) => a * b, 1);
    return { outputs: { y: x }, params: { n, by }, grid: [Math.ceil(n / 64)], flops: n };
  },
);
const reference = ({ x }: { x: { data: ArrayLike<number> } }, { by }: { by: number }) => ({
  y: Float64Array.from(x.data, (v) => Math.max(v + by, 0)),
});
const weak = [{ name: "by nothing", inputs: { x: [5] }, options: { by: 0 } }];
const strong = [
  ...weak,
  { name: "a workgroup and a bit", inputs: { x: [67] }, options: { by: 0.5 } },
];
const changes = (list: readonly { from: string; to: string }[]) =>
  list.map(({ from, to }) => `${from} → ${to}`);

describe("mutateKernel", () => {
  test("lists what weak cases do not notice, with file, line and code", async () => {
    const progress: number[] = [];
    const { survivors, mutants, noticed, invalid } = await mutateKernel(
      newDevice,
      { kernel: shifted, reference, cases: weak },
      { onProgress: (done, total) => progress.push(done / total) },
    );
    expect(changes(survivors)).toContain("+ → -"); // x + 0 equals x − 0, so no case can notice
    expect(survivors[0]).toMatchObject({ file: shifted.shader.path, line: 9 });
    expect(survivors[0]?.code).toMatch(/^if \(i < params\.n\)/);
    expect(mutants).toBe(noticed + survivors.length);
    expect(progress.length).toBe(mutants + invalid);
    expect(progress.at(-1)).toBe(1);
  });

  test("better cases notice it", async () => {
    const found = await mutateKernel(newDevice, { kernel: shifted, reference, cases: strong });
    expect(changes(found.survivors)).not.toContain("+ → -");
    expect(found.noticed).toBeGreaterThan(4);
  });

  test("asks the race detector about mutants that no case notices", async () => {
    const asked: string[] = [];
    const { survivors } = await mutateKernel(
      newDevice,
      { kernel: shifted, reference, cases: weak },
      {
        count: 3,
        races: (module: { kernel: { shader: { path: string } } }) => {
          asked.push(module.kernel.shader.path);
          return [{ races: asked.length > 1 ? ["one"] : [], differs: "" }];
        },
      },
    );
    expect(asked[0]).toBe(shifted.shader.path);
    expect(survivors).toEqual([]);
  });

  test("changes the library's files if asked", async () => {
    const files = (file: string) => file.startsWith("wgrad/");
    const { survivors } = await mutateKernel(
      newDevice,
      { kernel: shifted, reference, cases: strong },
      { files, count: 2 },
    );
    for (const { file } of survivors) expect(file).toBe("wgrad/lib/nan.wgsl");
  });

  test("refuses a kernel that fails its cases, and stops when asked to", async () => {
    const wrong = mutateKernel(newDevice, {
      kernel: shifted,
      reference: ({ x }) => ({ y: Float64Array.from(x.data) }),
      cases: strong,
    });
    await expect(wrong).rejects.toThrow(/^mutateKernel: expected the kernel as it is to pass/);
    const signal = AbortSignal.abort();
    const stopped = mutateKernel(
      newDevice,
      { kernel: shifted, reference, cases: weak },
      { signal },
    );
    await expect(stopped).rejects.toThrow(/abort/i);
  });
});
