//! use lib/flat_index.wgsl
//! use lib/slice_reduce.wgsl
// y[p] = Σ over the plane x[p, ·] / cells; SLICE lanes add a plane
struct Params { planes: u32, cells: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;       // [planes, cells]
@group(0) @binding(2) var<storage, read_write> y: array<f32>; // [planes]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let plane = flat_group(group, groups) * (WG / SLICE) + lane / SLICE;
  let cells = select(0u, params.cells, plane < params.planes);
  var sum = 0.0;
  for (var i = lane % SLICE; i < cells; i += SLICE) { sum += x[plane * params.cells + i]; }
  let total = slice_sum(lane, sum);
  if (plane < params.planes && lane % SLICE == 0u) { y[plane] = total / f32(params.cells); }
}
