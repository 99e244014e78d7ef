//! use augment/finish/* as finish
//! use augment/finish_params.wgsl
//! use augment/noise/* as noise
//! use augment/matrix.wgsl
//! use augment/resample.wgsl
// y[n, c, p] = x[n, c] at M₁·M₂···M_k·p, one resampling for all steps: a step's random matrix M maps a point of the
// image after the step to one of the image before it. Cells outside of the image are `fill`, unless the slot says another padding.
// Noise, normalisation and erasing, if any, are applied by the same kernel.
override WG: u32 = 64;

struct Params {
  key: vec2u,
  first: u32,    // number of the first step
  steps: u32,
  image: vec2i,  // H, W
  result: vec2i, // outH, outW
  channels: u32,
  tile: u32,     // cells of the result that a workgroup computes
  edge: f32,     // axis of the reflection: 0 at the centres of the outer cells, ½ at the rim
  fill: vec4f,   // fill colour of channels 0 to 3; further channels take the last one
  list: array<Step, 8>,
  colours: u32,  // number of the first colour step, see augment/colour.wgsl
  size: vec2f,
  finish: FinishParams,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;       // [N, C, H, W]
@group(0) @binding(2) var<storage, read_write> y: array<f32>; // [N, C, outH, outW]

var<workgroup> back: mat3x3f;
var<workgroup> drawn: Finish;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let image = group.y;
  for (var once = lane; once < 1u; once++) { // a loop: software adapters execute both sides of an if
    back = matrix_of(image);
    drawn = draw_finish(image);
  }
  workgroupBarrier();
  let matrix = back;
  let finish = drawn;
  let width = u32(params.result.y);
  let cells = u32(params.result.x) * width;
  let stop = min((group.x + 1u) * params.tile, cells);
  let plane = u32(params.image.x * params.image.y);
  for (var p = group.x * params.tile + lane; p < stop; p += WG) {
    let cell = vec2f(vec2u(p / width, p % width));
    let at = source_of(matrix, cell);
    let across = taps_at(at.x, params.image.y, params.edge);
    let down = taps_at(at.y, params.image.x, params.edge);
    for (var c = 0u; c < params.channels; c++) {
      let channel = image * params.channels + c;
      let value = value_at(across, down, channel * plane, params.fill[min(c, 3u)]);
      y[channel * cells + p] = finished(finish, value, min(c, 3u), channel * cells + p, cell);
    }
  }
}
