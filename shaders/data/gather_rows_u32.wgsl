//! use lib/flat_index.wgsl
// y[i, :] = x[index[i], :]; 4294967295, which is no label, where an index is out of range
override WG: u32 = 64;

struct Params { count: u32, rows: u32, width: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<u32>;       // [rows, width]
@group(0) @binding(2) var<storage, read> index: array<u32>;   // [n]
@group(0) @binding(3) var<storage, read_write> y: array<u32>; // [n, width]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let i = flat_index(group, groups, lane, WG);
  if (i >= params.count) { return; }
  let row = index[i / params.width];
  var value = 0xffffffffu;
  if (row < params.rows) { value = x[row * params.width + i % params.width]; }
  y[i] = value;
}
