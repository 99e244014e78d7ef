//! use conv2d/pairs.wgsl
// Stride 2: the inputs under the taps of four output columns, kept while moving to the next four.
alias Near = Wide;

fn before_row(row: Row) -> Near { return Wide(vec4f(), vec4f(), vec4f(), four(row, 0u)); }

fn next(near: Near, row: Row, column: u32) -> Near {
  return Wide(near.b, near.r, four(row, 2u * column + 4u), four(row, 2u * column + 8u));
}

fn near_met(near: Near) -> Taps { return pairs_met(near); }
