//! use conv2d/eight_channels.wgsl
// Eight columns, for widths that 8 divides.
const COLUMNS = 8u;
