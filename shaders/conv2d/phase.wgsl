// Which taps and outputs a pixel of the input meets when the window moves by a stride.

// The first k for which `stride` divides position − k·dilation, or one past every kernel. −1 ≡ stride − 1.
fn first_tap(position: u32, stride: u32, dilation: u32, step: u32) -> u32 {
  var k = 0u;
  if (stride > 1u) {
    while ((k < step) & ((position + k * dilation * (stride - 1u)) % stride != 0u)) { k++; }
    k = select(0xffffu, k, k < step);
  }
  return k;
}

// (position − offset) / stride, exact; before the first output it wraps to a huge number.
fn output_of(position: u32, offset: u32, stride: u32) -> u32 {
  return u32((i32(position) - i32(offset)) / i32(stride));
}
