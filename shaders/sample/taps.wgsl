//! use lib/nan.wgsl
//! use sample/filter/* as filter
//! use sample/padding/* as padding
// The cells along one axis that a position reads: TAPS of them from `first` on, their weights, and the weights' derivatives
// with respect to the position.
struct Taps { first: i32, weights: vec4f, slopes: vec4f }

// Farther than any image reaches, and exact in i32 and f32.
const FAR = 0x1p22f;

fn taps_at(position: f32, cells: i32, edge: f32) -> Taps {
  let near = clamp(position, -FAR, FAR);
  if (!WHOLE) { return taps(near); }
  let within = bounded(near, cells, edge);
  let found = taps(within.x);
  return Taps(found.first, found.weights, found.slopes * within.y);
}
