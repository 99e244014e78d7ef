//! use lib/box_muller.wgsl
// A normal number for an element and a purpose.
fn normal_at(element: u32, purpose: u32) -> f32 {
  return normal_pair(threefry(params.key, vec2u(element, purpose + params.colours))).x;
}
