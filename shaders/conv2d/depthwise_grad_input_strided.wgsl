//! use lib/flat_index.wgsl
//! use conv2d/strip.wgsl
//! use storage/* as storage
// dx[n, c, iy, ix] = Σ over ky, kx of dy[n, c, (iy + pad_h − ky) / 2, (ix + pad_w − kx) / 2] · weight[c, ky, kx], where these
// divide and dy exists: a window that moves by 2 along both axes, with an output channel for each input channel.
// Even taps meet every other pixel, odd taps those between. A thread slides down four columns of dy: a row of it is read
// once and goes into the sums of all the rows of dx that it meets, eight columns of two rows for every row of dy.
override WG: u32 = 64;
override PAD: u32 = 0u; // pad_w

@group(0) @binding(1) var<storage, read> dy: array<StoredElement>;       // [batch, groups, out_h, out_w]
@group(0) @binding(2) var<storage, read> weight: array<f32>;             // [groups, 1, KH, KW]
@group(0) @binding(3) var<storage, read_write> dx: array<StoredElement>; // [batch, groups, in_h, in_w]

var<private> channel: u32; // channel of this thread

// Four columns that even taps meet, and four that odd ones do.
struct Pair { even: vec4f, odd: vec4f }
// Sums of rows of dx: a lacks one row of dy, b two, …
struct Sums { a: Pair, b: Pair, c: Pair, d: Pair }

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let i = flat_index(group, groups, lane, WG);
  let columns = (params.in_w + 7u) / 8u;
  let plane = i / columns / params.slices;
  if (plane >= params.batch * params.groups) { return; }
  let pairs = (params.in_h + params.pad_h % 2u + 1u) / 2u;
  let rows = (pairs + params.slices - 1u) / params.slices;
  channel = plane % params.groups;
  spread_down(Strip(
    plane * params.out_h * params.out_w,
    plane * params.in_h * params.in_w,
    i / columns % params.slices * rows,
    i % columns * 4u,
    rows,
  ));
}

fn spread_down(strip: Strip) {
  let k = lines();
  let later = (KH - 1u) / 2u; // a pair of rows of dx meets later + 1 rows of dy
  var none: Pair;
  var e: Sums; // sums of the rows that even taps meet; o: odd taps
  var o: Sums;
  for (var i = 0u; i < strip.rows + later; i++) {
    let pair = strip.row + i - later; // number of a pair of rows of dx
    let row = row_of(strip.read_at, pair + params.pad_h / 2u, params.out_h, params.out_w);
    let s = span(row, strip.column);
    e.a = spread(e.b, k.a, s);
    if (KH > 2u) { e.b = spread(e.c, k.c, s); }
    if (KH > 4u) { e.c = spread(e.d, k.e, s); }
    if (KH > 6u) { e.d = spread(none, k.g, s); }
    if (KH > 1u) { o.a = spread(o.b, k.b, s); }
    if (KH > 3u) { o.b = spread(o.c, k.d, s); }
    if (KH > 5u) { o.c = spread(none, k.f, s); }
    if (i >= later) {
      let y = 2u * pair - params.pad_h % 2u; // −1 wraps to a huge number, which write_row skips
      write_row(strip, y, e.a);
      write_row(strip, y + 1u, o.a);
    }
  }
}

// Sums of a row of dx, plus the products of a row of the window with a row of dy.
fn spread(p: Pair, k: Line, s: Span) -> Pair {
  let even = i32((PAD + 1u) / 2u); // column of dy under tap 0, from the strip's
  let odd = i32(PAD / 2u);
  var q = p;
  q.even += k.lo.x * shifted(s, even);
  if (KW > 1u) { q.odd += k.lo.y * shifted(s, odd); }
  if (KW > 2u) { q.even += k.lo.z * shifted(s, even - 1); }
  if (KW > 3u) { q.odd += k.lo.w * shifted(s, odd - 1); }
  if (KW > 4u) { q.even += k.hi.x * shifted(s, even - 2); }
  if (KW > 5u) { q.odd += k.hi.y * shifted(s, odd - 2); }
  if (KW > 6u) { q.even += k.hi.z * shifted(s, even - 3); }
  return q;
}

// Row y of dx, its columns in their order: the first is one of even taps where pad_w is even.
fn write_row(strip: Strip, y: u32, p: Pair) {
  if (y >= params.in_h) { return; }
  let row = Row(strip.write_at + y * params.in_w, params.in_w);
  let a = select(p.even, p.odd, PAD % 2u == 1u);
  let b = select(p.odd, p.even, PAD % 2u == 1u);
  let column = 2u * strip.column;
  store(row, column, vec4f(a.x, b.x, a.y, b.y));
  if (column + 4u < params.in_w) { store(row, column + 4u, vec4f(a.z, b.z, a.w, b.w)); }
}

fn weight_of(tap: u32) -> f32 { return weight[channel * KH * KW + tap]; }

fn load(i: u32) -> Element { return Element(dy[i]); }

fn keep(i: u32, value: Element) { dx[i] = StoredElement(value); }

fn finish(sum: f32, i: u32) -> f32 { return sum; }
