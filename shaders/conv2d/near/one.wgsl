// Windows that move by 1: what the taps meet around four columns of the output, from four to the next four.
alias Near = Span;

fn before_row(row: Row) -> Near { return Span(vec4f(), vec4f(), four(row, 0u)); }

fn next(near: Near, row: Row, column: u32) -> Near { return Span(near.c, near.r, four(row, column + 4u)); }

fn near_met(near: Near) -> Taps { return met(near); }
