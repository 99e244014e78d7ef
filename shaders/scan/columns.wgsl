//! use lib/flat_index.wgsl
//! use element/* as element
//! use scan/carry/* as carry
// y[o, j, i] = carry + Σ x[o, k, i] over the k ≤ j of j's piece; k < j if exclusive; k ≥ j and k > j in reverse.
// A thread walks a piece of a column (o, i), neighbouring threads neighbouring columns: for columns side by side, and for
// rows of a few elements.
override WG: u32 = 64;
override REVERSE: bool = false;

struct Params { rows: u32, inner: u32, length: u32, piece: u32, pieces: u32, exclusive: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<Element>;       // [outer, length, inner]
@group(0) @binding(3) var<storage, read_write> y: array<Element>; // [outer, length, inner]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let unit = flat_index(group, groups, lane, WG);
  if (unit >= params.rows * params.pieces) { return; }
  let row = unit % params.rows;
  let base = row / params.inner * params.length * params.inner + row % params.inner;
  let start = min(unit / params.rows * params.piece, params.length);
  let steps = min(params.piece, params.length - start);
  var running = carry(unit);
  for (var step = 0u; step < steps; step++) {
    let j = start + select(step, steps - 1u - step, REVERSE);
    let at = base + j * params.inner;
    let before = running;
    running += x[at];
    y[at] = select(running, before, params.exclusive == 1u);
  }
}
