//! use lib/flat_index.wgsl
//! use lib/threefry.wgsl
// y[i] = x[i]·scale if u[i] ≥ p, else 0, with scale = 1/(1 − p) and u as random/uniform draws it (Srivastava 2014)
// u and p are compared as 24-bit integers, so the mask is the same on every device. On dy it is the gradient.
override WG: u32 = 64;

struct Params { key: vec2u, count: u32, threshold: u32, scale: f32 } // threshold = ⌈p·2²⁴⌉

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;       // [count]
@group(0) @binding(2) var<storage, read_write> y: array<f32>; // [count]

// select, not a product: a dropped NaN gives 0.
fn dropped(value: f32, word: u32) -> f32 {
  return select(0.0, value * params.scale, (word >> 8u) >= params.threshold);
}

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let t = flat_index(group, groups, lane, WG);
  let words = threefry(params.key, vec2u(t, 0u));
  let i = 2u * t;
  if (i < params.count) { y[i] = dropped(x[i], words.x); }
  if (i + 1u < params.count) { y[i + 1u] = dropped(x[i + 1u], words.y); }
}
