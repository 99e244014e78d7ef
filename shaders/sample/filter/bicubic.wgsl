// Four cells by R. G. Keys' cubic (1981) with a = −3/4: (a + 2)t³ − (a + 3)t² + 1 up to a distance of 1,
// a(t³ − 5t² + 8t − 4) up to 2. Each of the four is bounded by itself, not the position.
const TAPS = 4;
const WHOLE = false;

fn taps(position: f32) -> Taps {
  let low = floor(position);
  let t = position - low;
  let far = vec2f(t + 1.0, 2.0 - t);
  let near = vec2f(t, 1.0 - t);
  let outer = -0.75 * (((far - 5.0) * far + 8.0) * far - 4.0);
  let inner = (1.25 * near - 2.25) * near * near + 1.0;
  let outer_slope = -0.75 * ((3.0 * far - 10.0) * far + 8.0) * vec2f(1.0, -1.0);
  let inner_slope = (3.75 * near - 4.5) * near * vec2f(1.0, -1.0);
  return Taps(
    i32(low) - 1,
    vec4f(outer.x, inner, outer.y),
    vec4f(outer_slope.x, inner_slope, outer_slope.y),
  );
}
