//! use augment/box.wgsl
//! use augment/draw.wgsl
//! use lib/trig.wgsl
// One step of geometry as a matrix: it maps a point (x, y, 1) of the image after the step to the image before it, both relative
// to the image's centre. A step applies all of these fields in turn; in most steps most of them have no effect.
struct Step {
  gate: Gate,
  angle: f32,        // minimum, then maximum − minimum
  angle_range: f32,
  scale: f32,        // minimum, then maximum − minimum
  scale_range: f32,
  shear: vec2f,      // minimum along x and y, then maximum − minimum
  shear_range: vec2f,
  shift: vec2f,      // minimum along x and y, then maximum − minimum, in whole cells
  shift_range: vec2f,
  zoom: vec2f,       // factors along x and y
  offset: vec2f,     // added after the factors
  room: vec2f,       // number of equally likely whole shifts along x and y, from 0 on
  before: vec2f,     // (height, width) of the image before the step
  box: Box,          // crop; none if its area is 0
  after: vec2f,      // (height, width) of the image after the step
  distortion: f32,   // maximum shift of the corners, as a share of half the image
  levels: f32,       // of angle, shear and shift, see leveled(); if not 0, shears are tangents and shifts whole cells
}

fn of_rows(a: vec3f, b: vec3f, c: vec3f) -> mat3x3f { return transpose(mat3x3f(a, b, c)); }

fn to_cells(x: vec2f) -> vec2f { return floor(x + 0.5); }

fn pair_leveled(u: vec2f, n: f32) -> vec2f { return vec2f(leveled(u.x, n), leveled(u.y, n)); }

fn cut(x: vec2f) -> vec2f { return sign(x) * floor(abs(x) + 0.001); } // 0.001: the rounding of divisions

// Turned by the angle, sheared and scaled about the centre, then shifted: the inverse, as torchvision's affine has it.
fn affine_of(step: Step, key: vec2u, image: u32, number: u32) -> mat3x3f {
  let n = step.levels;
  let own = unit_pair(words_of(key, image, number, 0u));
  let lean = step.shear + pair_leveled(unit_pair(words_of(key, image, number, 1u)), n) * step.shear_range;
  let size = step.scale + unit_pair(words_of(key, image, number, 2u)).x * step.scale_range;
  let to = step.shift + pair_leveled(unit_pair(words_of(key, image, number, 3u)), n) * step.shift_range;
  let by = select(to_cells(to), cut(to), n != 0.0);
  let angle = step.angle + leveled(own.y, n) * step.angle_range;
  var slope = lean;
  if (n == 0.0) {
    slope.x = sin_turned(lean.x, 0) / sin_turned(lean.x, 1);
    slope.y = sin_turned(lean.y, 0) / sin_turned(lean.y, 1);
  }
  let a = sin_turned(angle, 1) + sin_turned(angle, 0) * slope.y;
  let c = sin_turned(angle, 0) - sin_turned(angle, 1) * slope.y;
  let b = -a * slope.x - sin_turned(angle, 0);
  let d = -c * slope.x + sin_turned(angle, 1);
  let across = vec2f(d, -b) / size * step.zoom.x;
  let down = vec2f(-c, a) / size * step.zoom.y;
  let shift = step.offset - vec2f(dot(across, by), dot(down, by));
  return of_rows(vec3f(across, shift.x), vec3f(down, shift.y), vec3f(0.0, 0.0, 1.0));
}

// The point of the image before a step that crops to a box, or shifts by whole cells.
fn cropped(step: Step, key: vec2u, image: u32, number: u32) -> mat3x3f {
  let words = words_of(key, image, number, 3u);
  let room = vec2u(step.room);
  let shift = vec2f(vec2u(multiply_high(words.x, room.x), multiply_high(words.y, room.y)));
  if (step.box.area == 0.0) {
    return of_rows(vec3f(1.0, 0.0, shift.x), vec3f(0.0, 1.0, shift.y), vec3f(0.0, 0.0, 1.0));
  }
  let before = step.before;
  var sides = box_size(key, image, number, before, step.box);
  var corner = box_place(key, image, number, before, max(sides, vec2f(1.0)));
  if (sides.x == 0.0) { // no draw fitted: a centre crop with the nearest allowed ratio
    let ratio = clamp(before.y / before.x, exp(step.box.ratio), exp(step.box.ratio + step.box.ratio_range));
    sides = min(before, round(vec2f(before.y / ratio, before.x * ratio)));
    corner = floor((before - sides) / 2.0);
  }
  let factor = sides / step.after;
  let centre = corner + 0.5 * sides - 0.5 * before;
  return of_rows(vec3f(factor.y, 0.0, centre.y), vec3f(0.0, factor.x, centre.x), vec3f(0.0, 0.0, 1.0));
}

// The inverse of the map of the unit square's corners (0, 0), (1, 0), (1, 1), (0, 1) to four points (P. Heckbert, Fundamentals
// of texture mapping, 1989), up to a factor.
fn to_square(p: array<vec2f, 4>) -> mat3x3f {
  let right = p[1] - p[2];
  let left = p[3] - p[2];
  let rest = p[0] - p[1] + p[2] - p[3];
  let det = right.x * left.y - left.x * right.y;
  let g = (rest.x * left.y - left.x * rest.y) / det;
  let h = (right.x * rest.y - rest.x * right.y) / det;
  let u = vec3f(p[1] - p[0] + g * p[1], g);
  let v = vec3f(p[3] - p[0] + h * p[3], h);
  let o = vec3f(p[0], 1.0);
  return of_rows(cross(v, o), cross(o, u), cross(u, v));
}

// Corners moved inwards by whole cells, at most `distortion` times half the image; the last row gives 1 at the centre.
fn perspective_of(step: Step, key: vec2u, image: u32, number: u32) -> mat3x3f {
  let size = step.before.yx; // (width, height)
  let room = vec2u(vec2i(step.distortion * floor(0.5 * size))) + 1u;
  var corners = array(vec2f(0.0), vec2f(size.x - 1.0, 0.0), size - 1.0, vec2f(0.0, size.y - 1.0));
  let square = corners;
  for (var k = 0u; k < 4u; k++) {
    let words = words_of(key, image, number, 4u + k);
    let by = vec2f(vec2u(multiply_high(words.x, room.x), multiply_high(words.y, room.y)));
    corners[k] += select(by, -by, square[k] > vec2f(0.0));
    corners[k] -= 0.5 * size;
  }
  let inverse = to_square(corners);
  let last = size - 1.0;
  let back = of_rows(
    vec3f(last.x, 0.0, -0.5 * size.x),
    vec3f(0.0, last.y, -0.5 * size.y),
    vec3f(0.0, 0.0, 1.0),
  ) * inverse;
  return back * (1.0 / back[2][2]);
}
