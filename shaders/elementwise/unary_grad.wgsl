//! use lib/flat_index.wgsl
//! use elementwise/point/unary_grad.wgsl
//! use elementwise/zip/* as zip
// dx[i] = dy[i] · op'(x[i])
override WG: u32 = 256;

struct Params { packs: u32 } // packs of one element or four

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> dy: array<Pack>;       // [count]
@group(0) @binding(2) var<storage, read> x: array<Pack>;        // [count]
@group(0) @binding(3) var<storage, read_write> dx: array<Pack>; // [count]

fn f(dy: f32, x: f32) -> f32 { return point(dy, x); }

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let i = flat_index(group, groups, lane, WG);
  if (i < params.packs) { dx[i] = zip(dy[i], x[i]); }
}
