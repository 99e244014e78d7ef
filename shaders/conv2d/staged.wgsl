//! use conv2d/outer.wgsl
// Tiles of a matrix product in workgroup memory, 8 terms of the sum at a time, for 64 threads of 8 channels × 8 columns:
// thread (row, column) owns channels 4·row.. and 32 + 4·row.., and columns likewise.
var<workgroup> filters: array<vec4f, 128>; // [8 terms, 64 channels]
var<workgroup> columns: array<vec4f, 128>; // [8 terms, 64 columns]
