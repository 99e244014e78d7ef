// False for 0 and −0, true for every other number and for NaN, as a number becomes a boolean in PyTorch. By the bits: a
// comparison with NaN, or with a subnormal that the GPU takes for 0, cannot be relied on.
fn is_true(x: f32) -> bool { return (bitcast<u32>(x) & 0x7fffffffu) != 0u; }
