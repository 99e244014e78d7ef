//! use augment/tone_plane.wgsl
// y[n, c] = equalized(stretched(sharpened(x[n, c]))), each step drawn for each image, as torchvision has them.
// One workgroup for each channel of an image.
override WG: u32 = 64;

struct Params {
  key: vec2u,
  plane_steps: u32, // number of the first of three steps
  channels: u32,
  size: vec2u,      // H, W
  planes: array<DrawnStep, 3>, // the factor of sharpness; autocontrast, equalize
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;       // [N, C, H, W]
@group(0) @binding(2) var<storage, read_write> y: array<f32>; // [N, C, H, W]

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let cells = params.size.x * params.size.y;
  tone_plane(group.y, (group.y * params.channels + group.x) * cells, params.size, cells, lane);
}
