//! use lib/flat_index.wgsl
//! use resize/axes.wgsl
// dx[p, h, w] = Σ dy[p, a, b] · weight(a, h) · weight(b, w), with weight(a, h) = 1 − λ where h is the cell before
// position(a), λ where it is the one after, both where these are the same. Only outputs within a cell are visited.
override WG: u32 = 64;

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> dy: array<f32>;       // [planes, outH, outW]
@group(0) @binding(2) var<storage, read_write> dx: array<f32>; // [planes, H, W]

fn weight(output: vec2i, cell: vec2i) -> vec2f {
  let units = position(output);
  let low = cell_of(units);
  let high = min(low + 1, params.image - 1);
  let t = vec2f(units % params.unit) / vec2f(params.unit);
  return select(vec2f(0.0), 1.0 - t, low == cell) + select(vec2f(0.0), t, high == cell);
}

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let i = flat_index(group, groups, lane, WG);
  if (i >= params.count) { return; }
  let at = place(i, params.image);
  let first = first_from(at.yz - 1);
  let last = last_to(at.yz);
  var sum = 0.0;
  for (var a = first.x; a <= last.x; a++) {
    let row = (at.x * params.result.x + a) * params.result.y;
    for (var b = first.y; b <= last.y; b++) {
      let both = weight(vec2i(a, b), at.yz);
      sum += dy[u32(row + b)] * both.x * both.y;
    }
  }
  dx[i] = sum;
}
