//! use augment/colour_draw.wgsl
//! use augment/jitter/* as jitter
//! use augment/mean/* as mean
//! use augment/noise/* as noise
// y[n, c, p] = erased((noisy(toned(jittered(x[n, ·, p]))) − mean[c]) / spread[c]), each image n by its own random numbers

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;       // [N, C, cells], C ≤ 4
@group(0) @binding(2) var<storage, read_write> y: array<f32>; // [N, C, cells]

var<workgroup> change: Change;

fn colour_at(image: u32, p: u32) -> vec4f {
  let start = image * params.channels * params.cells + p;
  var colour = vec4f(x[start]);
  for (var c = 1u; c < params.channels; c++) { colour[c] = x[start + c * params.cells]; }
  return colour;
}

fn toned(colour: vec4f) -> vec4f {
  var result = colour;
  if (change.tones.x > 0.0) {
    result = floor(floor(result * 255.0) / change.tones.x) * change.tones.x / 255.0;
  }
  return select(result, 1.0 - result, result >= vec4f(change.tones.y));
}

// A channel's value after noise, normalised, and what the box makes of it.
fn finished(value: f32, c: u32, element: u32, in_box: bool) -> f32 {
  var result = value;
  if (change.noisy) {
    let noise = params.noise.x + params.noise.y * normal_at(element, 0x40000000u);
    result += noise;
    if (params.noise.z < params.noise.w) { result = clamp(result, params.noise.z, params.noise.w); }
  }
  result = (result - params.mean[c]) / params.spread[c];
  if (in_box) {
    result = params.value[c];
    if (params.tones.w > 0.0) { result += params.tones.w * normal_at(element, 0x60000000u); }
  }
  return result;
}

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let image = group.y;
  if (lane == 0u) { change = draw_change(image); }
  workgroupBarrier();
  let begin = group.x * params.tile + lane;
  let stop = min((group.x + 1u) * params.tile, params.cells);
  let grey = grey_mean(image, begin, stop, lane);
  let width = u32(params.size.y);
  for (var p = begin; p < stop; p += WG) {
    let colour = toned(jittered_by(colour_at(image, p), grey, false));
    let at = vec2f(vec2u(p / width, p % width));
    let in_box = all((at >= change.erased.xy) & (at < change.erased.zw));
    for (var c = 0u; c < params.channels; c++) {
      let element = (image * params.channels + c) * params.cells + p;
      y[element] = finished(colour[c], c, element, in_box);
    }
  }
}
