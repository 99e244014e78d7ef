// An unsigned integer that orders as x does: key(a) < key(b) ⇔ a < b. −0 counts as 0, and every NaN is above +∞, as in
// PyTorch. By the bits alone, so that subnormals keep their order where the GPU takes them for 0.
fn sort_key(x: f32) -> u32 {
  let bits = bitcast<u32>(x);
  let size = bits & 0x7fffffffu;
  let ordered = select(bits | 0x80000000u, ~bits, (bits >> 31u) == 1u);
  return select(select(ordered, 0x80000000u, size == 0u), 0xffffffffu, size > 0x7f800000u);
}
