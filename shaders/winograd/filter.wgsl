//! use lib/flat_index.wgsl
// u[·, ·, o, c] = G · g · Gᵀ for the window g of 3 × 3 taps of weight[o, c], with G = [1 0 0; ½ ½ ½; ½ −½ ½; 0 0 1].
// TURNED reads the window from its last tap to its first, as the gradient of the input does.
override WG: u32 = 256;
override TURNED: bool = false;

struct Params { windows: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> weight: array<f32>;  // [windows, 3, 3], windows = out_c · in_c
@group(0) @binding(2) var<storage, read_write> u: array<f32>; // [4, 4, windows]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let e = flat_index(group, groups, lane, WG);
  if (e >= params.windows) { return; }
  let top = taps(e, 0u);
  let middle = taps(e, 1u);
  let bottom = taps(e, 2u);
  let around = top + bottom;
  keep(0u, e, top);
  keep(1u, e, 0.5 * (around + middle));
  keep(2u, e, 0.5 * (around - middle));
  keep(3u, e, bottom);
}

fn taps(e: u32, row: u32) -> vec3f {
  let at = e * 9u + select(row, 2u - row, TURNED) * 3u;
  let taps = vec3f(weight[at], weight[at + 1u], weight[at + 2u]);
  return select(taps, taps.zyx, TURNED);
}

fn keep(i: u32, e: u32, g: vec3f) {
  let at = i * 4u * params.windows + e;
  let around = g.x + g.z;
  u[at] = g.x;
  u[at + params.windows] = 0.5 * (around + g.y);
  u[at + 2u * params.windows] = 0.5 * (around - g.y);
  u[at + 3u * params.windows] = g.z;
}
