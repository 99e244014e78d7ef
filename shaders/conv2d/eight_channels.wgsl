// Sums of 7 or 8 columns (COLUMNS) × 8 channels; of 7, the last column is not used. The kernel declares `weight`.
const CHANNELS = 8u;
struct Cell { lo: vec4f, hi: vec4f } // channels 0..3 and 4..7 of a column
struct Block {
  a0: vec4f, a1: vec4f, a2: vec4f, a3: vec4f, a4: vec4f, a5: vec4f, a6: vec4f, a7: vec4f,
  b0: vec4f, b1: vec4f, b2: vec4f, b3: vec4f, b4: vec4f, b5: vec4f, b6: vec4f, b7: vec4f,
}

// Where 8 channels are, counted from the first.
struct Offsets { lo: vec4u, hi: vec4u }

// Channels first..first + 7 of `count`, `stride` elements apart. Those past the last repeat it; they are not stored.
fn offsets(first: u32, count: u32, stride: u32) -> Offsets {
  let last = vec4u(count - 1u - first);
  return Offsets(min(vec4u(0u, 1u, 2u, 3u), last) * stride, min(vec4u(4u, 5u, 6u, 7u), last) * stride);
}

// sums[column][channel] += window[column] · weight[channel], the weight of channel 0 being at `tap`
fn multiply(s: ptr<function, Block>, w: Window, tap: u32, k: Offsets) {
  let lo = vec4f(weight[tap], weight[tap + k.lo.y], weight[tap + k.lo.z], weight[tap + k.lo.w]);
  let hi = vec4f(
    weight[tap + k.hi.x], weight[tap + k.hi.y], weight[tap + k.hi.z], weight[tap + k.hi.w]);
  (*s).a0 += lo * w.r0; (*s).b0 += hi * w.r0;
  (*s).a1 += lo * w.r1; (*s).b1 += hi * w.r1;
  (*s).a2 += lo * w.r2; (*s).b2 += hi * w.r2;
  (*s).a3 += lo * w.r3; (*s).b3 += hi * w.r3;
  (*s).a4 += lo * w.r4; (*s).b4 += hi * w.r4;
  (*s).a5 += lo * w.r5; (*s).b5 += hi * w.r5;
  (*s).a6 += lo * w.r6; (*s).b6 += hi * w.r6;
  if (COLUMNS == 8u) { (*s).a7 += lo * w.r7; (*s).b7 += hi * w.r7; }
}

fn cell(s: Block, column: u32) -> Cell {
  switch (column) {
    case 0u: { return Cell(s.a0, s.b0); }
    case 1u: { return Cell(s.a1, s.b1); }
    case 2u: { return Cell(s.a2, s.b2); }
    case 3u: { return Cell(s.a3, s.b3); }
    case 4u: { return Cell(s.a4, s.b4); }
    case 5u: { return Cell(s.a5, s.b5); }
    case 6u: { return Cell(s.a6, s.b6); }
    default: { return Cell(s.a7, s.b7); }
  }
}

fn channel_of(c: Cell, i: u32) -> f32 { return select(c.lo[i & 3u], c.hi[i & 3u], i > 3u); }
