//! use winograd/tiles.wgsl
// Reads one pixel of each of four tiles. The kernel declares `image`, four elements of the image as numbers.
fn pixels(rows: Rows, column: vec4u) -> vec4f {
  let value = image(rows.start + column); // outside of the row this is another pixel, or a clamped index: not used
  return select(vec4f(0.0), value, column < rows.width);
}
