//! use augment/draw.wgsl
//! use augment/reach/* as reach
// y[n, c, p] = Σ_k w_k x[n, c, p + k·(step along the axis)], w_k ∝ exp(−½ (k/σ)²), with a random σ for each image; borders
// are reflected without repeating the edge cell. Or the gradient of that.
override WG: u32 = 64;

struct Params {
  key: vec2u,
  number: u32,   // index of this step among the image's random steps
  channels: u32,
  size: vec2u,   // H, W
  down: u32,     // whether along columns
  radius: i32,   // at most 31
  tile: u32,     // elements that a workgroup computes
  sigma: f32,    // minimum, then maximum − minimum
  sigma_range: f32,
  gate: Gate,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;       // [N, C, H, W]
@group(0) @binding(2) var<storage, read_write> y: array<f32>; // [N, C, H, W]

var<workgroup> weights: array<f32, 64>;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let image = group.y;
  let number = params.number;
  for (var once = lane; once < 1u; once++) { // a loop: software adapters execute both sides of an if
    let sigma = params.sigma + unit_interval(words_of(params.key, image, number, 0u).y) * params.sigma_range;
    let blurred = is_taken(params.key, image, number, params.gate);
    var total = 0.0;
    for (var k = -params.radius; k <= params.radius; k++) {
      let far = f32(k) / sigma;
      let weight = select(select(0.0, 1.0, k == 0), exp(-0.5 * far * far), blurred);
      weights[k + params.radius] = weight;
      total += weight;
    }
    for (var k = 0; k <= 2 * params.radius; k++) { weights[k] /= total; }
  }
  workgroupBarrier();
  let plane = params.size.x * params.size.y;
  let each = params.channels * plane;
  let stop = min((group.x + 1u) * params.tile, each);
  let length = i32(select(params.size.y, params.size.x, params.down == 1u));
  let stride = i32(select(1u, params.size.y, params.down == 1u));
  for (var e = group.x * params.tile + lane; e < stop; e += WG) {
    let p = e % plane;
    let at = i32(select(p % params.size.y, p / params.size.y, params.down == 1u));
    let start = i32(image * each + e) - at * stride;
    y[image * each + e] = reached(start, at, length, stride);
  }
}
