// Sums of 8 channels × 8 columns in registers: of column i, channels 0..3 in ai and 4..7 in bi.
struct Cell { lo: vec4f, hi: vec4f } // channels 0..3 and 4..7
struct Sums {
  a0: vec4f, a1: vec4f, a2: vec4f, a3: vec4f, a4: vec4f, a5: vec4f, a6: vec4f, a7: vec4f,
  b0: vec4f, b1: vec4f, b2: vec4f, b3: vec4f, b4: vec4f, b5: vec4f, b6: vec4f, b7: vec4f,
}

fn cell(s: Sums, column: u32) -> Cell {
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
