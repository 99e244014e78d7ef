//! use conv2d/eight_channels.wgsl
// Seven columns: all of them inside of the widths 7, 14, 28, 56, 112 and 224.
const COLUMNS = 7u;
