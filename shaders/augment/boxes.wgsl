//! use augment/matrix.wgsl
// y[n, k] = the bounding box, clipped to the result, of the corners of box x[n, k] = (x₁, y₁, x₂, y₂) after the transform of
// image n: M⁻¹·(x − W/2, y − H/2) with M of augment/matrix.wgsl, the transform that augment/geometry applies to the image.
override WG: u32 = 64;

struct Params {
  key: vec2u,
  first: u32,    // number of the first step, for its random numbers
  steps: u32,
  count: u32,    // boxes of an image
  image: vec2f,  // H, W
  result: vec2f, // outH, outW
  list: array<Step, 8>,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;       // [N, K, 4]
@group(0) @binding(2) var<storage, read_write> y: array<f32>; // [N, K, 4]

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let k = group.x * WG + lane;
  if (k >= params.count) { return; }
  let back = matrix_of(group.y);
  // rows of the inverse, up to a factor
  let a = cross(back[1], back[2]);
  let b = cross(back[2], back[0]);
  let c = cross(back[0], back[1]);
  let start = 4u * (group.y * params.count + k);
  let corner = vec4f(x[start], x[start + 1u], x[start + 2u], x[start + 3u]);
  var low = vec2f(3e38);
  var high = vec2f(-3e38);
  for (var i = 0u; i < 4u; i++) {
    let across = select(corner.x, corner.z, (i & 1u) == 1u);
    let down = select(corner.y, corner.w, i > 1u);
    let point = vec3f(across - 0.5 * params.image.y, down - 0.5 * params.image.x, 1.0);
    let to = vec2f(dot(a, point), dot(b, point)) / dot(c, point) + 0.5 * params.result.yx;
    low = min(low, to);
    high = max(high, to);
  }
  low = clamp(low, vec2f(0.0), params.result.yx);
  high = clamp(high, vec2f(0.0), params.result.yx);
  y[start] = low.x;
  y[start + 1u] = low.y;
  y[start + 2u] = high.x;
  y[start + 3u] = high.y;
}
