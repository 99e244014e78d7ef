//! use conv2d/pairs.wgsl
// Windows that move by 2: what the taps meet around four columns of the output, from four to the next four.
alias Near = Wide;

fn before_row(row: Row) -> Near { return Wide(vec4f(), vec4f(), vec4f(), four(row, 0u)); }

fn next(near: Near, row: Row, column: u32) -> Near {
  return Wide(near.b, near.r, four(row, 2u * column + 4u), four(row, 2u * column + 8u));
}

fn near_met(near: Near) -> Taps { return pairs_met(near); }
