//! inout found
// coefficient = min(1, maximum / (norm / scale + 10⁻⁶)) / scale, or −1 where the norm is NaN or ∞; then found = 1
// norm is that of gradients of a loss times `scale`. found stays 1 where another optimiser's gradients set it.
struct Params { maximum: f32 } // maximum of the norm; negative: no limit

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> norm: array<f32>;              // []
@group(0) @binding(2) var<storage, read> state: array<f32>;             // [2]: scale, steps since it grew
@group(0) @binding(3) var<storage, read_write> coefficient: array<f32>; // []
@group(0) @binding(4) var<storage, read_write> found: array<f32>;       // []

@compute @workgroup_size(1)
fn main() {
  let scale = state[0];
  let finite = (bitcast<u32>(norm[0]) & 0x7fffffffu) < 0x7f800000u;
  let share = params.maximum / (norm[0] / scale + 1e-6);
  let clipped = select(1.0, min(share, 1.0), params.maximum >= 0.0);
  coefficient[0] = select(-1.0, clipped / scale, finite);
  if (!finite) { found[0] = 1.0; }
}
