//! use conv2d/geometry.wgsl
//! use conv2d/span.wgsl
//! use conv2d/put/* as put
// A window of one channel slides down a strip of four columns: a row is read once and goes into the sums of all the
// rows whose window meets it (conv2d/slide). The kernel declares `weight_of` and what the rows' files ask for.

// Weights of a row of the window.
struct Line { lo: vec4f, hi: vec4f }
struct Lines { a: Line, b: Line, c: Line, d: Line, e: Line, f: Line, g: Line }

// A strip: where its plane begins in the buffer that is read and in the one that is written, its first row and column, and
// its number of rows.
struct Strip { read_at: u32, write_at: u32, row: u32, column: u32, rows: u32 }
struct Size { height: u32, width: u32 }

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
