//! use conv2d/cells.wgsl
//! use conv2d/offsets.wgsl
// Sums of 7 or 8 columns (COLUMNS) × 8 channels; of 7, the last column is not used. The kernel declares `weight`.
alias Block = Sums;

// sums[column][channel] += window[column] · weight[channel], the weight of channel 0 being at `tap`
fn multiply(s: ptr<function, Block>, w: Window, tap: u32, k: Offsets) {
  let lo = vec4f(weight[tap], weight[tap + k.lo.y], weight[tap + k.lo.z], weight[tap + k.lo.w]);
  let hi = vec4f(
    weight[tap + k.hi.x], weight[tap + k.hi.y], weight[tap + k.hi.z], weight[tap + k.hi.w]);
  (*s).a0 += lo * w.r0; (*s).b0 += hi * w.r0;
  (*s).a1 += lo * w.r1; (*s).b1 += hi * w.r1;
  (*s).a2 += lo * w.r2; (*s).b2 += hi * w.r2;
  (*s).a3 += lo * w.r3; (*s).b3 += hi * w.r3;
  (*s).a4 += lo * w.r4; (*s).b4 += hi * w.r4;
  (*s).a5 += lo * w.r5; (*s).b5 += hi * w.r5;
  (*s).a6 += lo * w.r6; (*s).b6 += hi * w.r6;
  if (COLUMNS == 8u) { (*s).a7 += lo * w.r7; (*s).b7 += hi * w.r7; }
}
