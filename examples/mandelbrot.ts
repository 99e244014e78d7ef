// A custom kernel counts the iterations after which points of the plane leave the Mandelbrot set.
import { init, runKernel, tensor } from "wgrad";
import { kernel, shader } from "wgrad/kernels";

await init();
const escapes = kernel(
  shader(`
    struct Params { n: u32, most: u32 }
    @group(0) @binding(0) var<uniform> params: Params;
    @group(0) @binding(1) var<storage, read> points: array<vec2f>;
    @group(0) @binding(2) var<storage, read_write> steps: array<f32>;
    @compute @workgroup_size(64)
    fn main(@builtin(global_invocation_id) id: vec3u) {
      if (id.x >= params.n) { return; }
      let c = points[id.x];
      var z = vec2f();
      var count = 0u;
      for (var i = 0u; i < params.most; i++) {
        if (dot(z, z) <= 4.0) {
          z = vec2f(z.x * z.x - z.y * z.y, 2.0 * z.x * z.y) + c;
          count++;
        }
      }
      steps[id.x] = f32(count);
    }`),
  ({ points: [n = 0] }, { most }: { most: number }) => ({
    ...{
      outputs: { steps: [n] },
      params: { n, most },
      grid: [Math.ceil(n / 64)],
      flops: 8 * n * most,
    },
  }),
);
const [rows, columns] = [21, 60];
const points = Array.from({ length: rows * columns }, (_, i) => [
  -2.1 + (3 * (i % columns)) / columns,
  -1.2 + (2.4 * Math.floor(i / columns)) / (rows - 1),
]);
using x = tensor(points);
using found = runKernel(escapes, { points: x }, { most: 50 }).steps;
const steps = await found.read();
const shades = " .:-=+*#%@";
for (let r = 0; r < rows; r++) {
  const row = [...steps.subarray(r * columns, (r + 1) * columns)];
  console.log(row.map((s) => shades[Math.floor((s / 50) * 9)]).join(""));
}
