// dy in rows whose width is a multiple of 4. The kernel declares `dy`.
fn upstream(row: Row, column: u32) -> vec4f { return vec4f(dy[(row.start + column) / 4u]); }

// The inputs under four columns of dy, all of which exist.
fn living(m: vec4f, row: Row, column: u32) -> vec4f { return m; }
