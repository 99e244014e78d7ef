//! use lib/flat_index.wgsl
//! use optim/clip/* as clip
//! inout grads
// g ← clipped(g), times a coefficient or between two limits, for the gradients of blocks that have a row
override WG: u32 = 256;

struct Params {
  vectors: u32, // elements / 4
  limit: f32,   // largest magnitude, for the slot that clamps
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> block_row: array<u32>;     // [elements / 64]
@group(0) @binding(3) var<storage, read_write> grads: array<vec4f>; // [elements]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) count: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let i = flat_index(group, count, lane, WG);
  if (i >= params.vectors) { return; }
  if (block_row[i / 16u] != 0xffffffffu) { grads[i] = clipped(grads[i]); }
}
