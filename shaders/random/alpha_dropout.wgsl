//! use lib/flat_index.wgsl
//! use lib/threefry.wgsl
// y[i] = scale·x[i] + shift if u[i] ≥ p, else dropped, u as random/uniform draws it (Klambauer et al. 2017).
// With q = 1 − p and α' = −λα of selu: dropped = scale·α' + shift, scale = (q + α'²·q·p)^−½, shift = −scale·p·α', so
// that mean 0 and variance 1 are kept. On dy, with shift = dropped = 0, it is the gradient.
override WG: u32 = 64;

struct Params { key: vec2u, count: u32, threshold: u32, scale: f32, shift: f32, dropped: f32 } // threshold = ⌈p·2²⁴⌉

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;       // [count]
@group(0) @binding(2) var<storage, read_write> y: array<f32>; // [count]

fn moved(value: f32, word: u32) -> f32 {
  return select(params.dropped, params.scale * value + params.shift, (word >> 8u) >= params.threshold);
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
  if (i < params.count) { y[i] = moved(x[i], words.x); }
  if (i + 1u < params.count) { y[i + 1u] = moved(x[i + 1u], words.y); }
}
