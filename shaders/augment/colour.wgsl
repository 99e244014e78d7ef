//! use augment/colour_at.wgsl
//! use augment/colour_draw.wgsl
//! use augment/draw.wgsl
//! use augment/jitter/* as jitter
//! use augment/mean/* as mean
//! use augment/finish/* as finish
//! use augment/finish_params.wgsl
//! use augment/noise/* as noise
// y[n, c, p] = erased((noisy(toned(jittered(x[n, ·, p]))) − mean[c]) / spread[c]), each image n with its own random parameters

struct Params {
  key: vec2u,
  colours: u32,  // number of the first of eight steps: four of jitter, posterize, solarize, noise, box
  cells: u32,    // H · W
  channels: u32,
  tile: u32,     // cells that a workgroup computes: all of an image where contrast changes
  shuffled: u32, // whether steps of jitter come in random order
  size: vec2f,   // H, W
  changes: array<DrawnStep, 6>, // factors of jitter, bits that posterize keeps, threshold of solarize
  finish: FinishParams,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;       // [N, C, cells], C ≤ 4
@group(0) @binding(2) var<storage, read_write> y: array<f32>; // [N, C, cells]

var<workgroup> change: Change;
var<workgroup> drawn: Finish;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let image = group.y;
  for (var once = lane; once < 1u; once++) { // a loop: software adapters execute both sides of an if
    change = draw_change(image);
    drawn = draw_finish(image);
  }
  workgroupBarrier();
  let finish = drawn;
  let tones = change.tones;
  let begin = group.x * params.tile + lane;
  let stop = min((group.x + 1u) * params.tile, params.cells);
  let grey = grey_mean(image, begin, stop, lane);
  let width = u32(params.size.y);
  for (var p = begin; p < stop; p += WG) {
    let colour = toned(jittered_by(colour_at(image, p), grey, false), tones);
    let at = vec2f(vec2u(p / width, p % width));
    for (var c = 0u; c < params.channels; c++) {
      let element = (image * params.channels + c) * params.cells + p;
      y[element] = finished(finish, colour[c], c, element, at);
    }
  }
}
