// With t = 2·distance/span and a = −1/2: (a + 2)t³ − (a + 3)t² + 1 up to 1, a(t³ − 5t² + 8t − 4) up to 2, 0 beyond:
// R. G. Keys, Cubic convolution interpolation for digital image processing (1981).
fn weight(distance: i32, span: i32) -> f32 {
  let t = 2.0 * f32(distance) / f32(span);
  let near = (1.5 * t - 2.5) * t * t + 1.0;
  let far = -0.5 * (((t - 5.0) * t + 8.0) * t - 4.0);
  return select(select(0.0, far, distance < span), near, 2 * distance < span);
}
