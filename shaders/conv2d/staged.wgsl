//! use conv2d/outer.wgsl
// Tiles of a matrix product in workgroup memory, 8 terms of the sum at a time, for 64 threads of 8 channels × 8 columns:
// thread (row, column) owns channels 4·row.. and 32 + 4·row.., and columns likewise.
var<workgroup> filters: array<vec4f, 128>; // [8 terms, 64 channels]
var<workgroup> columns: array<vec4f, 128>; // [8 terms, 64 columns]

// By hand eight times: nobody unrolls the loop for us.
fn multiply(s: ptr<function, Sums>, row: u32, column: u32) {
  term(s, 0u, row, column);
  term(s, 1u, row, column);
  term(s, 2u, row, column);
  term(s, 3u, row, column);
  term(s, 4u, row, column);
  term(s, 5u, row, column);
  term(s, 6u, row, column);
  term(s, 7u, row, column);
}

fn term(s: ptr<function, Sums>, k: u32, row: u32, column: u32) {
  let c = k * 16u + row;
  let p = k * 16u + column;
  outer(s, Cell(filters[c], filters[c + 8u]), columns[p], columns[p + 8u]);
}
