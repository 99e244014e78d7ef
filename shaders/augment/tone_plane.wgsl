//! use augment/draw.wgsl
//! use augment/soften.wgsl
//! use lib/nan.wgsl
// y = equalized(stretched(sharpened(x))) of a channel of an image, in one workgroup; the steps are drawn for each image.

var<workgroup> lows: array<f32, WG>;
var<workgroup> highs: array<f32, WG>;
var<workgroup> counts: array<atomic<u32>, 256>;
var<workgroup> table: array<u32, 256>;

fn is_plane_step(image: u32, k: u32) -> bool {
  return is_taken(params.key, image, params.plane_steps + k, params.planes[k].gate);
}

// factor·v + (1 − factor)·(mean of 3 × 3 with weight 5 for the centre), clamped to 0..1; border cells are unchanged.
fn sharpened(start: u32, p: u32, size: vec2u, factor: f32) -> f32 {
  let own = x[start + p];
  let at = vec2u(p / size.y, p % size.y);
  if ((factor == 1.0) | any(at == vec2u(0u)) | any(at + 1u >= size)) { return own; }
  let blended = factor * own + (1.0 - factor) * softened(start + p, size.y);
  return keep_nan(own, clamp(blended, 0.0, 1.0));
}

// (v − low)·scale, clamped to 0..1
fn stretched(value: f32, low: f32, scale: f32) -> f32 { return keep_nan(value, clamp((value - low) * scale, 0.0, 1.0)); }

// Which of 256 levels a value of 0..1 is, as torchvision's convert_image_dtype has it.
fn level_of(value: f32) -> u32 { return u32(clamp(value * 255.999, 0.0, 255.0)); }

// The level that equalisation gives each level, from the histogram; 256 if there are too few cells to change anything.
fn make_table(cells: u32) {
  var last = 0u;
  for (var k = 0u; k < 256u; k++) {
    let n = atomicLoad(&counts[k]);
    last = select(n, last, n == 0u);
  }
  let step = (cells - last) / 255u; // cells a level of the result
  var before = 0u;
  for (var k = 0u; k < 256u; k++) {
    table[k] = select(min((before + step / 2u) / max(step, 1u), 255u), 256u, step == 0u);
    before += atomicLoad(&counts[k]);
  }
}

fn sharpness_of(image: u32) -> f32 {
  if (!is_plane_step(image, 0u)) { return 1.0; }
  return drawn_number(params.key, image, params.plane_steps, params.planes[0]);
}

// The channel whose cells begin at `start`: all of its `cells`, or none.
fn tone_plane(image: u32, start: u32, size: vec2u, cells: u32, lane: u32) {
  let factor = sharpness_of(image);
  let equal = (cells > 0u) & is_plane_step(image, 2u);
  let looked = select(0u, cells, is_plane_step(image, 1u));
  var low = x[start];
  var high = low;
  for (var p = lane; p < looked; p += WG) {
    let value = sharpened(start, p, size, factor);
    low = select(min(low, value), value, p == lane);
    high = select(max(high, value), value, p == lane);
  }
  if (lane >= looked) { low = 1e38; high = -1e38; }
  lows[lane] = low;
  highs[lane] = high;
  for (var k = lane; k < 256u; k += WG) { atomicStore(&counts[k], 0u); }
  workgroupBarrier();
  for (var k = 0u; k < WG; k++) {
    low = min(low, lows[k]);
    high = max(high, highs[k]);
  }
  let scale = select(1.0, 1.0 / (high - low), high > low);
  low = select(0.0, low, high > low);
  let counted = select(0u, cells, equal);
  for (var p = lane; p < counted; p += WG) {
    atomicAdd(&counts[level_of(stretched(sharpened(start, p, size, factor), low, scale))], 1u);
  }
  workgroupBarrier();
  for (var once = lane; once < select(0u, 1u, equal); once++) { // a loop: software adapters execute both sides of an if
    make_table(cells);
  }
  workgroupBarrier();
  for (var p = lane; p < cells; p += WG) {
    let sharp = sharpened(start, p, size, factor);
    let value = select(sharp, stretched(sharp, low, scale), looked > 0u);
    var level = 256u;
    if (equal) { level = table[level_of(value)]; }
    y[start + p] = select(f32(level) / 255.0, value, level == 256u);
  }
}
