// The mean of 3 × 3 cells around an element of x, with weight 5 for the centre: torchvision's smoothing of sharpness.
fn softened(own: u32, width: u32) -> f32 {
  var sum = 4.0 * x[own];
  for (var a = 0u; a < 3u; a++) {
    let row = own + a * width - width - 1u;
    sum += x[row] + x[row + 1u] + x[row + 2u];
  }
  return sum / 13.0;
}
