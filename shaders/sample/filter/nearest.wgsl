// The nearest cell; of two as near, the even one.
const TAPS = 1;
const WHOLE = true;

fn taps(position: f32) -> Taps {
  return Taps(i32(round(position)), vec4f(1.0, 0.0, 0.0, 0.0), vec4f(0.0));
}
