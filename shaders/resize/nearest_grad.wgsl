//! use lib/flat_index.wgsl
//! use resize/axes.wgsl
// dx[p, h, w] = Σ dy[p, a, b] over the outputs with ⌊position(a)⌋ = h and ⌊position(b)⌋ = w
override WG: u32 = 64;

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> dy: array<f32>;       // [planes, outH, outW]
@group(0) @binding(2) var<storage, read_write> dx: array<f32>; // [planes, H, W]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let i = flat_index(group, groups, lane, WG);
  if (i >= params.count) { return; }
  let at = place(i, params.image);
  let first = first_from(at.yz);
  let last = last_to(at.yz);
  var sum = 0.0;
  for (var a = first.x; a <= last.x; a++) {
    let row = (at.x * params.result.x + a) * params.result.y;
    for (var b = first.y; b <= last.y; b++) { sum += dy[u32(row + b)]; }
  }
  dx[i] = sum;
}
