// The cells before and behind, at 1 − t and t.
const TAPS = 2;
const WHOLE = true;

fn taps(position: f32) -> Taps {
  let low = floor(position);
  let t = position - low;
  return Taps(i32(low), vec4f(1.0 - t, t, 0.0, 0.0), vec4f(-1.0, 1.0, 0.0, 0.0));
}
