//! use conv2d/row/* as row
// Four neighbouring columns of a row under every tap of a window that moves by 1. The kernel declares `KW`.
override LEFT: u32 = 0u; // columns left of the first of the four that tap 0 meets: at most 3, as on the right

// A row of an image: where it starts, and its width, 0 if the row lies in the padding.
struct Row { start: u32, width: u32 }

// Twelve columns: four, those on their left and those on their right; 0 outside of the row.
struct Span { l: vec4f, c: vec4f, r: vec4f }

// For each of up to seven taps, elements or sums of four columns.
struct Taps { a: vec4f, b: vec4f, c: vec4f, d: vec4f, e: vec4f, f: vec4f, g: vec4f }

fn span(row: Row, column: u32) -> Span {
  return Span(left_of(row, column), four(row, column), right_of(row, column));
}

// Row `y` of the image that begins at `plane`; above it y wraps to a huge number.
fn row_of(plane: u32, y: u32, height: u32, width: u32) -> Row {
  let inside = y < height;
  return Row(plane + select(0u, y, inside) * width, select(0u, width, inside));
}

fn shifted(s: Span, by: i32) -> vec4f {
  switch (by) {
    case -3: { return vec4f(s.l.yzw, s.c.x); }
    case -2: { return vec4f(s.l.zw, s.c.xy); }
    case -1: { return vec4f(s.l.w, s.c.xyz); }
    case 0: { return s.c; }
    case 1: { return vec4f(s.c.yzw, s.r.x); }
    case 2: { return vec4f(s.c.zw, s.r.xy); }
    default: { return vec4f(s.c.w, s.r.xyz); }
  }
}

// The inputs under tap 0, 1, …. The conditions are constant: taps that do not exist cost nothing.
fn met(s: Span) -> Taps {
  let first = -i32(LEFT);
  var t: Taps;
  t.a = shifted(s, first);
  if (KW > 1u) { t.b = shifted(s, first + 1); }
  if (KW > 2u) { t.c = shifted(s, first + 2); }
  if (KW > 3u) { t.d = shifted(s, first + 3); }
  if (KW > 4u) { t.e = shifted(s, first + 4); }
  if (KW > 5u) { t.f = shifted(s, first + 5); }
  if (KW > 6u) { t.g = shifted(s, first + 6); }
  return t;
}
