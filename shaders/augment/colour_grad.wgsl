//! use augment/grey.wgsl
//! use lib/workgroup_sum.wgsl
// dx = the gradient of one step of jitter of colour_step.wgsl on x[n, c, p] in one or three channels, one factor for all images:
// y = within(f·x + (1 − f)·b) with b = 0, the mean grey of the image, or the grey of the pixel, or the hue turned.
struct Params {
  step: u32,     // 0 is brightness, 1 contrast, 2 saturation, 3 hue
  factor: f32,
  cells: u32,    // H · W
  channels: u32,
  tile: u32,     // cells that a workgroup computes: all of an image for contrast
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;        // [N, C, H, W]
@group(0) @binding(2) var<storage, read> dy: array<f32>;       // [N, C, H, W]
@group(0) @binding(3) var<storage, read_write> dx: array<f32>; // [N, C, H, W]

// The element of a channel at a cell; all three are the first of an image of one channel.
fn place(image: u32, c: u32, p: u32) -> u32 {
  return (image * params.channels + min(c, params.channels - 1u)) * params.cells + p;
}

fn colour_at(image: u32, p: u32) -> vec4f {
  return vec4f(x[place(image, 0u, p)], x[place(image, 1u, p)], x[place(image, 2u, p)], 0.0);
}

fn grey_at(colour: vec4f) -> f32 { return select(grey_of(colour), colour.x, params.channels == 1u); }

// Gradient of the unclamped result: 0 where the result was clamped to 0..1.
fn upstream(image: u32, p: u32, colour: vec4f, against: f32) -> vec3f {
  let blended = params.factor * colour.xyz + (1.0 - params.factor) * against;
  let real = vec3f(1.0, f32(params.channels == 3u), f32(params.channels == 3u));
  let own = real * vec3f(dy[place(image, 0u, p)], dy[place(image, 1u, p)], dy[place(image, 2u, p)]);
  return select(vec3f(0.0), own, (blended >= vec3f(0.0)) & (blended <= vec3f(1.0)));
}

fn unit(k: u32) -> vec3f { return vec3f(vec3u(k) == vec3u(0u, 1u, 2u)); }

// Jᵀ · dy of the hue step: result channel n is max − part · (max − min), with part 0, 1, or linear in the hue.
fn hue_grad(image: u32, p: u32, colour: vec4f) -> vec3f {
  let own = vec3f(dy[place(image, 0u, p)], dy[place(image, 1u, p)], dy[place(image, 2u, p)]);
  let value = max(max(colour.x, colour.y), colour.z);
  let least = min(min(colour.x, colour.y), colour.z);
  let range = value - least;
  if (range == 0.0) { return own; }
  let first = select(select(2u, 1u, colour.y == value), 0u, colour.x == value);
  let last = select(select(2u, 1u, colour.y == least), 0u, colour.x == least);
  let of_value = unit(first);
  let of_range = of_value - unit(last);
  let apart = (colour[(first + 1u) % 3u] - colour[(first + 2u) % 3u]) / range; // hue = 2·first + apart, in sixths
  let of_apart = unit((first + 1u) % 3u) - unit((first + 2u) % 3u) - apart * of_range;
  let sixth = fract((2.0 * f32(first) + apart) / 6.0 + 1.0 + params.factor) * 6.0;
  let k = (vec3f(5.0, 3.0, 1.0) + sixth) % 6.0;
  let rise = min(k, 4.0 - k);
  let slope = select(vec3f(-1.0), vec3f(1.0), k < vec3f(2.0)) * vec3f((rise > vec3f(0.0)) & (rise < vec3f(1.0)));
  let part = clamp(rise, vec3f(0.0), vec3f(1.0));
  return dot(own, vec3f(1.0)) * of_value - dot(own, part) * of_range - dot(own, slope) * of_apart;
}

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let image = group.y;
  let begin = group.x * params.tile + lane;
  let stop = min((group.x + 1u) * params.tile, params.cells);
  let looked = select(0u, stop, params.step == 1u);
  var grey = 0.0;
  for (var p = begin; p < looked; p += WG) { grey += grey_at(colour_at(image, p)); }
  grey = workgroup_sum(lane, grey) / f32(params.cells);
  var shared_part = 0.0; // gradient of the image's mean grey
  for (var p = begin; p < looked; p += WG) {
    shared_part += dot(upstream(image, p, colour_at(image, p), grey), vec3f(1.0));
  }
  shared_part = workgroup_sum(lane, shared_part) / f32(params.cells);
  let weights = select(GREY, vec3f(1.0, 0.0, 0.0), params.channels == 1u);
  for (var p = begin; p < stop; p += WG) {
    let colour = colour_at(image, p);
    var result = vec3f(0.0);
    if (params.step == 3u) {
      result = hue_grad(image, p, colour);
    } else {
      let against = vec3f(0.0, grey, grey_at(colour))[params.step];
      let own = upstream(image, p, colour, against);
      let of_grey = vec3f(0.0, shared_part, dot(own, vec3f(1.0)))[params.step];
      result = params.factor * own + (1.0 - params.factor) * of_grey * weights;
    }
    for (var c = 0u; c < params.channels; c++) { dx[place(image, c, p)] = result[c]; }
  }
}
