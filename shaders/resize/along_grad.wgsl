//! use lib/flat_index.wgsl
//! use resize/taps.wgsl
//! use resize/filter/* as filter
// dx[o, j, r] = Σ_i weight(i, j)·dy[o, i, r] / Σ_k weight(i, k). Only outputs that a cell may count for are visited.
override WG: u32 = 64;

struct Params {
  line: Line,
  cells: i32,  // n
  outputs: i32, // m
  inner: u32,
  count: u32,  // elements of dx
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> dy: array<f32>;       // [outer, m, inner]
@group(0) @binding(2) var<storage, read_write> dx: array<f32>; // [outer, n, inner]

// Σ_k weight(output, k)
fn total(output: i32) -> f32 {
  let range = cells_of(output, params.cells, params.line);
  var sum = 0.0;
  for (var cell = range.x; cell <= range.y; cell++) {
    sum += weight(distance_of(cell, output, params.line), params.line.span);
  }
  return sum;
}

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let at = flat_index(group, groups, lane, WG);
  if (at >= params.count) { return; }
  let cell = i32(at / params.inner % u32(params.cells));
  let outer = at / params.inner / u32(params.cells);
  let start = outer * u32(params.outputs) * params.inner + at % params.inner;
  let range = outputs_of(cell, params.outputs, params.line);
  var sum = 0.0;
  for (var output = range.x; output <= range.y; output++) {
    let factor = weight(distance_of(cell, output, params.line), params.line.span);
    if (factor != 0.0) {
      sum += factor / total(output) * dy[start + u32(output) * params.inner];
    }
  }
  dx[at] = sum;
}
