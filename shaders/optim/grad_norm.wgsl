//! use lib/flat_index.wgsl
//! use optim/power/* as power
//! use optim/tree.wgsl
// partials[w] = the norm of the gradients that workgroup w looks at: every pieces-th row of WG vectors.
// Blocks without a row (0xffffffff) do not count, whatever their gradients hold.
struct Params {
  vectors: u32, // elements / 4
  pieces: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> grads: array<vec4f>;        // [elements]
@group(0) @binding(2) var<storage, read> block_row: array<u32>;      // [elements / 64]
@group(0) @binding(3) var<storage, read_write> partials: array<f32>; // [pieces]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) count: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let piece = flat_group(group, count);
  var total = start();
  for (var i = piece * WG + lane; i < params.vectors; i += params.pieces * WG) {
    if (block_row[i / 16u] != 0xffffffffu) { total = each(total, grads[i]); }
  }
  let norm = join_lanes(lane, fold(total));
  if (lane == 0u) { partials[piece] = norm; }
}
