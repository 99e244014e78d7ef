//! use lib/flat_index.wgsl
//! use resize/taps.wgsl
//! use resize/filter/* as filter
// y[o, i, r] = Σ_j weight(i, j)·x[o, j, r] / Σ_j weight(i, j), for the outputs i from `first` on
override WG: u32 = 64;

struct Params {
  line: Line,
  cells: i32,   // n
  outputs: u32, // m: of those kept
  first: i32,
  inner: u32,
  count: u32,   // elements of y
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;       // [outer, n, inner]
@group(0) @binding(2) var<storage, read_write> y: array<f32>; // [outer, m, inner]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let at = flat_index(group, groups, lane, WG);
  if (at >= params.count) { return; }
  let output = params.first + i32(at / params.inner % params.outputs);
  let outer = at / params.inner / params.outputs;
  let start = outer * u32(params.cells) * params.inner + at % params.inner;
  let range = cells_of(output, params.cells, params.line);
  var sum = 0.0;
  var total = 0.0;
  for (var cell = range.x; cell <= range.y; cell++) {
    let factor = weight(distance_of(cell, output, params.line), params.line.span);
    if (factor != 0.0) { sum += factor * x[start + u32(cell) * params.inner]; }
    total += factor;
  }
  y[at] = sum / total;
}
