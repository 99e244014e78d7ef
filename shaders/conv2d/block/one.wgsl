// Sums of 7 columns of one channel, for depthwise convolution. The kernel declares `weight`.
const CHANNELS = 1u;
const COLUMNS = 7u;
struct Cell { sum: f32 }
struct Block { a0: f32, a1: f32, a2: f32, a3: f32, a4: f32, a5: f32, a6: f32 }
struct Offsets { none: u32 }

fn offsets(first: u32, count: u32, stride: u32) -> Offsets { return Offsets(0u); }

// sums[column] += window[column] · weight
fn multiply(s: ptr<function, Block>, w: Window, tap: u32, k: Offsets) {
  let f = weight[tap];
  (*s).a0 += f * w.r0;
  (*s).a1 += f * w.r1;
  (*s).a2 += f * w.r2;
  (*s).a3 += f * w.r3;
  (*s).a4 += f * w.r4;
  (*s).a5 += f * w.r5;
  (*s).a6 += f * w.r6;
}

fn cell(s: Block, column: u32) -> Cell {
  switch (column) {
    case 0u: { return Cell(s.a0); }
    case 1u: { return Cell(s.a1); }
    case 2u: { return Cell(s.a2); }
    case 3u: { return Cell(s.a3); }
    case 4u: { return Cell(s.a4); }
    case 5u: { return Cell(s.a5); }
    default: { return Cell(s.a6); }
  }
}

fn channel_of(c: Cell, i: u32) -> f32 { return c.sum; }
