//! use augment/colour_at.wgsl
//! use augment/colour_draw.wgsl
//! use augment/jitter/steps.wgsl
//! use augment/matrix.wgsl
//! use augment/mean/grey.wgsl
//! use augment/resample.wgsl
//! use augment/tone_plane.wgsl
// y[n, c] = x[n, c] after one random operation for each image: of geometry, of colour, or of tone. The result is that of
// geometry.wgsl, colour.wgsl and tone.wgsl in turn if each image takes a step of only one of them.
// One workgroup for each channel of an image.
struct Params {
  key: vec2u,
  group: u32,              // index of the random number, of 24 bits, that selects one of the three
  behind: vec2u,           // numbers below the first select geometry, those below the second colour
  cells: u32,              // H · W
  channels: u32,
  size: vec2u,             // H, W
  first: u32,              // from here on parameters of geometry, see geometry.wgsl
  steps: u32,
  image: vec2i,
  result: vec2i,
  edge: f32,
  fill: vec4f,
  list: array<Step, 8>,
  colours: u32,            // from here on parameters of colour, see colour.wgsl
  shuffled: u32,
  changes: array<DrawnStep, 6>,
  plane_steps: u32,        // from here on parameters of tone, see tone.wgsl
  planes: array<DrawnStep, 3>,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;       // [N, C, H, W], C ≤ 4
@group(0) @binding(2) var<storage, read_write> y: array<f32>; // [N, C, H, W]

var<workgroup> back: mat3x3f;
var<workgroup> change: Change;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let image = group.y;
  let start = (image * params.channels + group.x) * params.cells;
  for (var once = lane; once < 1u; once++) { // a loop: software adapters execute both sides of an if
    back = matrix_of(image);
    change = draw_change(image);
  }
  workgroupBarrier();
  let matrix = back;
  let tones = change.tones;
  let number = threefry(params.key, vec2u(image, 0x80000000u + params.group)).x >> 8u;
  let moved = select(0u, params.cells, number < params.behind.x); // number of cells to compute: all of them, or none
  let coloured = select(0u, params.cells, (number >= params.behind.x) & (number < params.behind.y));
  let width = params.size.y;
  for (var p = lane; p < moved; p += WG) {
    let at = source_of(matrix, vec2f(vec2u(p / width, p % width)));
    let across = taps_at(at.x, params.image.y, params.edge);
    let down = taps_at(at.y, params.image.x, params.edge);
    y[start + p] = value_at(across, down, start, params.fill[min(group.x, 3u)]);
  }
  let grey = grey_mean(image, lane, coloured, lane);
  for (var p = lane; p < coloured; p += WG) {
    y[start + p] = toned(jittered_by(colour_at(image, p), grey, false), tones)[group.x];
  }
  tone_plane(image, start, params.size, select(0u, params.cells, number >= params.behind.y), lane);
}
