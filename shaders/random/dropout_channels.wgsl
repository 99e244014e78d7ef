//! use lib/flat_index.wgsl
//! use lib/threefry.wgsl
// y[p, ·] = x[p, ·]·scale if u[p] ≥ p_drop, else 0, with scale = 1/(1 − p_drop): whole planes p (Tompson et al. 2015).
// u as random/uniform draws it, compared as 24-bit integers. On dy it is the gradient. A plane has `lanes` threads.
override WG: u32 = 64;

struct Params { key: vec2u, planes: u32, cells: u32, lanes: u32, threshold: u32, scale: f32 } // threshold = ⌈p_drop·2²⁴⌉

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;       // [planes, cells]
@group(0) @binding(2) var<storage, read_write> y: array<f32>; // [planes, cells]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let t = flat_index(group, groups, lane, WG);
  let plane = t / params.lanes;
  if (plane >= params.planes) { return; }
  let words = threefry(params.key, vec2u(plane / 2u, 0u));
  let keep = (select(words.x, words.y, (plane & 1u) == 1u) >> 8u) >= params.threshold;
  for (var j = t % params.lanes; j < params.cells; j += params.lanes) {
    let i = plane * params.cells + j;
    y[i] = select(0.0, x[i] * params.scale, keep); // select, not a product: a dropped NaN gives 0
  }
}
