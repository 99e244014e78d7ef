//! use augment/soften.wgsl
//! use lib/workgroup_sum.wgsl
// dx of y = within(f·x + (1 − f)·softened(x)), border cells unchanged, or of y = (x − min)/(max − min), whose least and greatest
// values share the gradients of min and max evenly. One workgroup for each channel of an image.
override STEP: u32 = 0u; // 0 is sharpen, 1 autocontrast

struct Params {
  size: vec2u, // H, W
  channels: u32,
  factor: f32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;        // [N, C, H, W]
@group(0) @binding(2) var<storage, read> dy: array<f32>;       // [N, C, H, W]
@group(0) @binding(3) var<storage, read_write> dx: array<f32>; // [N, C, H, W]

var<workgroup> lows: array<f32, WG>;
var<workgroup> highs: array<f32, WG>;

// Gradient of a sharpened value away from the border; 0 where it was clamped to 0..1.
fn upstream(own: u32) -> f32 {
  let value = params.factor * x[own] + (1.0 - params.factor) * softened(own, params.size.y);
  return select(0.0, dy[own], (value >= 0.0) & (value <= 1.0));
}

fn sharpen_grad(start: u32, p: u32) -> f32 {
  let at = vec2u(p / params.size.y, p % params.size.y);
  let rim = any(at == vec2u(0u)) | any(at + 1u >= params.size);
  var own = dy[start + p];
  if (!rim) { own = params.factor * upstream(start + p); }
  var around = 0.0;
  for (var k = 0u; k < 9u; k++) {
    let next = at + vec2u(k / 3u, k % 3u); // row and column of the neighbour, counted from 1: unsigned, and 0 is outside
    if (all(next >= vec2u(2u)) & all(next < params.size)) {
      let weight = select(1.0, 5.0, k == 4u);
      around += weight * upstream(start + (next.x - 1u) * params.size.y + next.y - 1u);
    }
  }
  return own + (1.0 - params.factor) * (around / 13.0);
}

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let cells = params.size.x * params.size.y;
  let start = (group.y * params.channels + group.x) * cells;
  if (STEP == 0u) {
    for (var p = lane; p < cells; p += WG) { dx[start + p] = sharpen_grad(start, p); }
  } else {
    var low = x[start];
    var high = low;
    for (var p = lane; p < cells; p += WG) {
      low = min(low, x[start + p]);
      high = max(high, x[start + p]);
    }
    lows[lane] = low;
    highs[lane] = high;
    workgroupBarrier();
    for (var k = 0u; k < WG; k++) {
      low = min(low, lows[k]);
      high = max(high, highs[k]);
    }
    let flat_plane = !(high > low); // a plane of one value is not stretched: dx = dy
    let scale = select(1.0, 1.0 / (high - low), high > low);
    var sums = vec4f(); // Σ dy, Σ dy·y, numbers of cells with the least and with the greatest value
    for (var p = lane; p < cells; p += WG) {
      let value = x[start + p];
      sums += vec4f(dy[start + p] * vec2f(1.0, (value - low) * scale), vec2f(vec2<bool>(value == low, value == high)));
    }
    let all_dy = workgroup_sum(lane, sums.x);
    let of_high = workgroup_sum(lane, sums.y);
    let of_low = (all_dy - of_high) / workgroup_sum(lane, sums.z);
    let each_high = of_high / workgroup_sum(lane, sums.w);
    for (var p = lane; p < cells; p += WG) {
      let value = x[start + p];
      let shared_part = select(0.0, of_low, value == low) + select(0.0, each_high, value == high);
      dx[start + p] = select(scale * (dy[start + p] - shared_part), dy[start + p], flat_plane);
    }
  }
}
