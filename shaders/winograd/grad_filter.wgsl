//! use lib/flat_index.wgsl
// dweight[o, c] = Gᵀ · t[·, ·, o, c] · G, with Gᵀ = [1 ½ ½ 0; 0 ½ −½ 0; 0 ½ ½ 1]: 3 × 3 taps.
override WG: u32 = 256;

struct Params { windows: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> t: array<f32>;             // [4, 4, windows], windows = out_c · in_c
@group(0) @binding(2) var<storage, read_write> dweight: array<f32>; // [windows, 3, 3]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let e = flat_index(group, groups, lane, WG);
  if (e >= params.windows) { return; }
  let b = line(1u, e);
  let c = line(2u, e);
  let around = 0.5 * (b + c);
  keep(e * 9u, line(0u, e) + around);
  keep(e * 9u + 3u, 0.5 * (b - c));
  keep(e * 9u + 6u, around + line(3u, e));
}

fn line(i: u32, e: u32) -> vec4f {
  let at = i * 4u * params.windows + e;
  return vec4f(t[at], t[at + params.windows], t[at + 2u * params.windows], t[at + 3u * params.windows]);
}

fn keep(at: u32, l: vec4f) {
  let around = 0.5 * (l.y + l.z);
  dweight[at] = l.x + around;
  dweight[at + 1u] = 0.5 * (l.y - l.z);
  dweight[at + 2u] = around + l.w;
}
