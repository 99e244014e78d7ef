//! use lib/axis.wgsl
//! use lib/flat_index.wgsl
//! use lib/truth.wgsl
// y[places[i]] = coordinates of element i where x[i] ≠ 0, places[i] = Σ_{j < i} (x[j] ≠ 0). Elements
// beyond y's rows are left out; rows without an element are 0xffffffff, out of range for everything.
override WG: u32 = 256;

struct Params {
  count: u32, // elements of x
  rows: u32,
  rank: u32,
  axes: array<Axis, 8>, // of x, innermost first, without strides
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;      // [count]
@group(0) @binding(2) var<storage, read> places: array<f32>; // [count], how many are not 0 up to and with each
@group(0) @binding(3) var<storage, read_write> y: array<u32>; // [rows, rank]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let i = flat_index(group, groups, lane, WG);
  var found = 0u;
  if (params.count > 0u) { found = u32(places[params.count - 1u]); }
  if ((i >= found) & (i < params.rows)) {
    for (var k = 0u; k < params.rank; k++) { y[i * params.rank + k] = 0xffffffffu; }
  }
  if (i >= params.count) { return; }
  if (!is_true(x[i])) { return; }
  let row = u32(places[i]) - 1u;
  if (row >= params.rows) { return; }
  var rest = i;
  for (var k = 0u; k < params.rank; k++) {
    y[row * params.rank + params.rank - 1u - k] = rest % params.axes[k].size;
    rest /= params.axes[k].size;
  }
}
