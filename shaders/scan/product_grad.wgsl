//! use lib/flat_index.wgsl
// dx[j] = (Π x[k] over k < j) · s[j] with s[j] = dy[j] + x[j + 1]·s[j + 1]: the gradient of running products, without a
// division, so that it is right where x is 0. With WHOLE there is one dy for a column, that of its last product.
override WG: u32 = 64;
override WHOLE: bool = false;

struct Params { rows: u32, inner: u32, length: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;        // [outer, length, inner]
@group(0) @binding(2) var<storage, read> dy: array<f32>;       // [outer, length, inner], or [outer, inner]
@group(0) @binding(3) var<storage, read_write> dx: array<f32>; // [outer, length, inner]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let row = flat_index(group, groups, lane, WG);
  if (row >= params.rows) { return; }
  let base = row / params.inner * params.length * params.inner + row % params.inner;
  var before = 1.0;
  for (var j = 0u; j < params.length; j++) {
    let at = base + j * params.inner;
    dx[at] = before;
    before *= x[at];
  }
  var after = 0.0;
  if (WHOLE) { after = dy[row]; }
  for (var step = 1u; step <= params.length; step++) {
    let at = base + (params.length - step) * params.inner;
    if (!WHOLE) { after += dy[at]; }
    dx[at] *= after;
    after *= x[at];
  }
}
