//! use lib/flat_index.wgsl
//! use resize/axes.wgsl
// y[p, a, b] = (1 − λ)(1 − μ)·x[h, w] + (1 − λ)μ·x[h, w'] + λ(1 − μ)·x[h', w] + λμ·x[h', w'], with h + λ = position(a),
// w + μ = position(b), and h' = min(h + 1, H − 1), w' likewise
override WG: u32 = 64;

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;       // [planes, H, W]
@group(0) @binding(2) var<storage, read_write> y: array<f32>; // [planes, outH, outW]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let i = flat_index(group, groups, lane, WG);
  if (i >= params.count) { return; }
  let at = place(i, params.result);
  let units = position(at.yz);
  let low = cell_of(units);
  let high = min(low + 1, params.image - 1);
  let t = vec2f(units % params.unit) / vec2f(params.unit);
  let upper = (at.x * params.image.x + low.x) * params.image.y;
  let lower = (at.x * params.image.x + high.x) * params.image.y;
  let above = (1.0 - t.y) * x[u32(upper + low.y)] + t.y * x[u32(upper + high.y)];
  let below = (1.0 - t.y) * x[u32(lower + low.y)] + t.y * x[u32(lower + high.y)];
  y[i] = (1.0 - t.x) * above + t.x * below;
}
