//! use lib/flat_index.wgsl
// y[o, j, i] = Π x[o, k, i] over k ≤ j, or with WHOLE only the last: y[o, i]. A thread walks a column (o, i).
override WG: u32 = 64;
override WHOLE: bool = false;

struct Params { rows: u32, inner: u32, length: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;       // [outer, length, inner]
@group(0) @binding(2) var<storage, read_write> y: array<f32>; // [outer, length, inner], or [outer, inner]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let row = flat_index(group, groups, lane, WG);
  if (row >= params.rows) { return; }
  let base = row / params.inner * params.length * params.inner + row % params.inner;
  var running = 1.0;
  for (var j = 0u; j < params.length; j++) {
    let at = base + j * params.inner;
    running *= x[at];
    if (!WHOLE) { y[at] = running; }
  }
  if (WHOLE) { y[row] = running; }
}
