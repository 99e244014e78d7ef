//! use conv2d/geometry.wgsl
//! use conv2d/span.wgsl
//! use conv2d/put/* as put
// A window of one channel slides down a strip of four columns: a row is read once and goes into the sums of all the KH
// rows that it meets. The kernel declares `weight_of` and what the rows' files ask for.

// Weights of a row of the window.
struct Line { lo: vec4f, hi: vec4f }
struct Lines { a: Line, b: Line, c: Line, d: Line, e: Line, f: Line, g: Line }

// Where a strip lies: its planes in what is read and what is written, its first row and column, and the rows it has.
struct Strip { read_at: u32, write_at: u32, row: u32, column: u32, rows: u32 }
struct Size { height: u32, width: u32 }

// output[row, column + 0..3] = Σ over ky, kx of input[row + ky − top, column + kx − LEFT + 0..3] · weight_of(ky·KW + kx)
fn slide_down(strip: Strip, input: Size, output: Size, top: u32) {
  let k = lines();
  var s: Taps; // of the rows below: a has met one row of the window, b two, ...
  for (var i = 0u; i + 1u < strip.rows + KH; i++) {
    let row = row_of(strip.read_at, strip.row + i - top, input.height, input.width);
    let m = met(span(row, strip.column));
    if (KH > 6u) { s.g = s.f + along(k.g, m); }
    if (KH > 5u) { s.f = s.e + along(k.f, m); }
    if (KH > 4u) { s.e = s.d + along(k.e, m); }
    if (KH > 3u) { s.d = s.c + along(k.d, m); }
    if (KH > 2u) { s.c = s.b + along(k.c, m); }
    if (KH > 1u) { s.b = s.a + along(k.b, m); }
    s.a = along(k.a, m);
    let y = strip.row + i + 1u - KH;
    if ((i + 1u >= KH) & (y < output.height)) {
      store(Row(strip.write_at + y * output.width, output.width), strip.column, complete(s));
    }
  }
}

// The sum that has met all rows of the window.
fn complete(s: Taps) -> vec4f {
  switch (KH) {
    case 1u: { return s.a; }
    case 2u: { return s.b; }
    case 3u: { return s.c; }
    case 4u: { return s.d; }
    case 5u: { return s.e; }
    case 6u: { return s.f; }
    default: { return s.g; }
  }
}

fn lines() -> Lines {
  var k: Lines;
  k.a = line(0u);
  if (KH > 1u) { k.b = line(KW); }
  if (KH > 2u) { k.c = line(2u * KW); }
  if (KH > 3u) { k.d = line(3u * KW); }
  if (KH > 4u) { k.e = line(4u * KW); }
  if (KH > 5u) { k.f = line(5u * KW); }
  if (KH > 6u) { k.g = line(6u * KW); }
  return k;
}

fn line(tap: u32) -> Line {
  var k: Line;
  k.lo.x = weight_of(tap);
  if (KW > 1u) { k.lo.y = weight_of(tap + 1u); }
  if (KW > 2u) { k.lo.z = weight_of(tap + 2u); }
  if (KW > 3u) { k.lo.w = weight_of(tap + 3u); }
  if (KW > 4u) { k.hi.x = weight_of(tap + 4u); }
  if (KW > 5u) { k.hi.y = weight_of(tap + 5u); }
  if (KW > 6u) { k.hi.z = weight_of(tap + 6u); }
  return k;
}

fn along(k: Line, m: Taps) -> vec4f {
  var sum = k.lo.x * m.a;
  if (KW > 1u) { sum += k.lo.y * m.b; }
  if (KW > 2u) { sum += k.lo.z * m.c; }
  if (KW > 3u) { sum += k.lo.w * m.d; }
  if (KW > 4u) { sum += k.hi.x * m.e; }
  if (KW > 5u) { sum += k.hi.y * m.f; }
  if (KW > 6u) { sum += k.hi.z * m.g; }
  return sum;
}
