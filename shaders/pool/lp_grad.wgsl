//! use lib/flat_index.wgsl
//! use pool/window.wgsl
//! use pool/power.wgsl
// dx[p, h, w] = Σ dy · (x/y)^(P − 1) · kh·kw / cells(a, b) over the windows (a, b) that hold (h, w); 0 where y = 0
override WG: u32 = 64;

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> dy: array<f32>;       // [planes, outH, outW]
@group(0) @binding(2) var<storage, read> x: array<f32>;        // [planes, H, W]
@group(0) @binding(3) var<storage, read> y: array<f32>;        // [planes, outH, outW]
@group(0) @binding(4) var<storage, read_write> dx: array<f32>; // [planes, H, W]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let i = flat_index(group, groups, lane, WG);
  if (i >= params.count) { return; }
  let at = place(i, params.image);
  let value = x[i];
  let area = f32(params.kernel.x * params.kernel.y);
  let first = first_window(at.yz);
  let last = last_window(at.yz);
  var sum = 0.0;
  for (var a = first.x; a <= last.x; a++) {
    for (var b = first.y; b <= last.y; b++) {
      let window = u32((at.x * params.windows.x + a) * params.windows.y + b);
      let share = area / divisor_of(vec2i(a, b) * params.stride);
      let slope = power(value / y[window], POWER - 1u);
      sum += select(dy[window] * slope * share, 0.0, y[window] == 0.0);
    }
  }
  dx[i] = sum;
}
