// A tile of one output channel × 8 columns, for depthwise convolution. The kernel declares `dy`.
const CHANNELS = 1u;
struct Cell { sum: f32 }
struct Sums { a: vec4f, b: vec4f } // columns 0..3 and 4..7
struct Offsets { none: u32 }

fn offsets(first: u32, count: u32, stride: u32) -> Offsets { return Offsets(0u); }

// dy at `at`; 0 where it is past the end of a row
fn upstream(at: u32, k: Offsets, live: bool) -> Cell { return Cell(select(0.0, f32(dy[at]), live)); }

// sums[column] += (p, q)[column] · c
fn outer(s: ptr<function, Sums>, c: Cell, p: vec4f, q: vec4f) {
  (*s).a += c.sum * p;
  (*s).b += c.sum * q;
}

fn cell(s: Sums, column: u32) -> Cell {
  switch (column) {
    case 0u: { return Cell(s.a.x); }
    case 1u: { return Cell(s.a.y); }
    case 2u: { return Cell(s.a.z); }
    case 3u: { return Cell(s.a.w); }
    case 4u: { return Cell(s.b.x); }
    case 5u: { return Cell(s.b.y); }
    case 6u: { return Cell(s.b.z); }
    default: { return Cell(s.b.w); }
  }
}

fn channel_of(c: Cell, i: u32) -> f32 { return c.sum; }
