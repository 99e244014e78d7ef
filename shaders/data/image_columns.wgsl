//! use lib/flat_index.wgsl
//! use resize/taps.wgsl
//! use resize/filter/* as filter
// y[c, h, b] = scale[c]·Σ_w weight(b, w)·colour_c(pixels[h, w]) / Σ_w weight(b, w) + shift[c], for the columns b from
// `first` on. A pixel is a byte each of red, green, blue and alpha, red lowest. With three channels it is laid over the
// background, (alpha·colour + (255 − alpha)·background)/255, and with one that is 0.2989 red + 0.587 green + 0.114 blue.
override WG: u32 = 64;

struct Params {
  line: Line,
  scale: vec4f,
  shift: vec4f,
  background: vec3f, // colour behind transparent pixels, 0 to 255
  cells: i32,        // W
  outputs: u32,      // m
  first: i32,
  plane: u32,        // H · m
  channels: u32,     // channels of y: 1, 3 or 4
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> pixels: array<u32>;  // [H, W]
@group(0) @binding(2) var<storage, read_write> y: array<f32>; // [channels, H, m]

fn colour(pixel: u32) -> vec4f {
  let bytes = vec4f(
    f32(pixel & 255u),
    f32((pixel >> 8u) & 255u),
    f32((pixel >> 16u) & 255u),
    f32(pixel >> 24u),
  );
  if (params.channels == 4u) { return bytes; }
  let laid = (bytes.w * bytes.xyz + (255.0 - bytes.w) * params.background) / 255.0;
  let seen = select(laid, bytes.xyz, bytes.w == 255.0);
  if (params.channels == 3u) { return vec4f(seen, 0.0); }
  return vec4f(dot(seen, vec3f(0.2989, 0.587, 0.114)), 0.0, 0.0, 0.0);
}

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let at = flat_index(group, groups, lane, WG);
  if (at >= params.plane) { return; }
  let output = params.first + i32(at % params.outputs);
  let start = at / params.outputs * u32(params.cells);
  let range = cells_of(output, params.cells, params.line);
  var sum = vec4f(0.0);
  var total = 0.0;
  for (var cell = range.x; cell <= range.y; cell++) {
    let factor = weight(distance_of(cell, output, params.line), params.line.span);
    sum += factor * colour(pixels[start + u32(cell)]);
    total += factor;
  }
  let value = sum / total * params.scale + params.shift;
  for (var c = 0u; c < params.channels; c++) { y[c * params.plane + at] = value[c]; }
}
