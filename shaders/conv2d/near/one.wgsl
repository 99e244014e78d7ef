// Stride 1: the inputs under the taps of four output columns, kept while moving to the next four.
alias Near = Span;

fn before_row(row: Row) -> Near { return Span(vec4f(), vec4f(), four(row, 0u)); }

fn next(near: Near, row: Row, column: u32) -> Near { return Span(near.c, near.r, four(row, column + 4u)); }

fn near_met(near: Near) -> Taps { return met(near); }
