//! use lib/flat_index.wgsl
//! use pool/adaptive.wgsl
// dx[p, h, w] = Σ dy[p, a, b] over the windows (a, b) whose maximum is at (h, w): index[p, a, b] = h·W + w
override WG: u32 = 64;

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> dy: array<f32>;       // [planes, outH, outW]
@group(0) @binding(2) var<storage, read> index: array<u32>;    // [planes, outH, outW]
@group(0) @binding(3) var<storage, read_write> dx: array<f32>; // [planes, H, W]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let i = flat_index(group, groups, lane, WG);
  if (i >= params.count) { return; }
  let at = place(i, params.image);
  let here = at.y * params.image.y + at.z;
  let first = first_window(at.yz);
  let last = last_window(at.yz);
  var sum = 0.0;
  for (var a = first.x; a <= last.x; a++) {
    let row = (at.x * params.windows.x + a) * params.windows.y;
    for (var b = first.y; b <= last.y; b++) {
      sum += select(0.0, dy[row + b], index[row + b] == here);
    }
  }
  dx[i] = sum;
}
