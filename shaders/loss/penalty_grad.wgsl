//! use lib/flat_index.wgsl
//! use lib/nan.wgsl
//! use loss/member/* as member
//! inout grads
// grads[i] ← dy·(λ₁·sign p[i] + 2·λ₂·p[i]) in blocks of mode 0, added in blocks of mode 1; others are left alone
override WG: u32 = 256;

struct Params {
  count: u32,
  mode: u32,
  first: f32,
  second: f32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> p: array<f32>;           // [count]
@group(0) @binding(3) var<storage, read> dy: array<f32>;          // [1]
@group(0) @binding(4) var<storage, read_write> grads: array<f32>; // [count]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let i = flat_index(group, groups, lane, WG);
  if (i >= params.count) { return; }
  let mode = mode_of(i);
  if (mode > 1u) { return; }
  let pull = params.first * keep_nan(p[i], sign(p[i])) + 2.0 * params.second * p[i];
  grads[i] = select(0.0, grads[i], mode == 1u) + dy[0] * pull;
}
