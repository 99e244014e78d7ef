//! use lib/flat_index.wgsl
// y[i] = x[i − before], or value where that lies outside of x.
override WG: u32 = 256;

struct PadAxis {
  @align(16) size: u32,
  before: u32, // cells of padding before x
  size_in_x: u32,
  stride: u32, // stride in x
}

struct Params {
  count: u32,
  rank: u32,
  value: f32,
  axes: array<PadAxis, 8>, // axes of y, innermost first
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;       // [n0, n1, ...]
@group(0) @binding(2) var<storage, read_write> y: array<f32>; // [count]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let i = flat_index(group, groups, lane, WG);
  if (i >= params.count) { return; }
  var rest = i;
  var at = 0u;
  var inside = true;
  for (var k = 0u; k < params.rank; k++) {
    let axis = params.axes[k];
    let coordinate = rest % axis.size - axis.before; // in the padding before x it wraps to a number far above any size
    inside &= coordinate < axis.size_in_x;
    at += coordinate * axis.stride;
    rest /= axis.size;
  }
  var value = params.value;
  if (inside) { value = x[at]; }
  y[i] = value;
}
