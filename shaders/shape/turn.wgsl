//! use lib/flat_index.wgsl
//! use element/* as element
// y[c] = x[c'] with c' = (start + c) mod size, or (start − c) mod size, along every axis: elements rolled or in reverse.
override WG: u32 = 256;

struct TurnAxis {
  @align(16) size: u32,
  stride: u32, // stride in x
  start: u32,  // coordinate in x that comes first, below size
  back: u32,   // 1: coordinates go backwards from start
}

struct Params {
  count: u32,
  rank: u32,
  axes: array<TurnAxis, 8>, // innermost first
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<Element>;       // [n0, n1, ...]
@group(0) @binding(2) var<storage, read_write> y: array<Element>; // [n0, n1, ...]

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
  for (var k = 0u; k < params.rank; k++) {
    let axis = params.axes[k];
    let c = rest % axis.size;
    at += (axis.start + select(c, axis.size - c, axis.back == 1u)) % axis.size * axis.stride;
    rest /= axis.size;
  }
  y[i] = x[at];
}
