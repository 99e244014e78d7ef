// Register block of the direct kernels: 7 neighbouring columns × 8 channels of sums, and the 7 inputs that meet one tap.
// The kernel declares `weight`.
struct Block {
  a0: vec4f, a1: vec4f, a2: vec4f, a3: vec4f, a4: vec4f, a5: vec4f, a6: vec4f, // channels 0..3 of each column
  b0: vec4f, b1: vec4f, b2: vec4f, b3: vec4f, b4: vec4f, b5: vec4f, b6: vec4f, // channels 4..7
  r0: f32, r1: f32, r2: f32, r3: f32, r4: f32, r5: f32, r6: f32,
}

// A row of an image: where it starts, and its width, 0 if the row lies in the padding.
struct Row { start: u32, width: u32 }

// Where 8 channels are, counted from the first.
struct Eight { lo: vec4u, hi: vec4u }

// Channels first..first + 7 of `count`, `stride` elements apart. Those past the last repeat it; they are not stored.
fn eight(first: u32, count: u32, stride: u32) -> Eight {
  let last = vec4u(count - 1u - first);
  return Eight(min(vec4u(0u, 1u, 2u, 3u), last) * stride, min(vec4u(4u, 5u, 6u, 7u), last) * stride);
}

// sums[column][channel] += input[column] · weight[channel], the weight of channel 0 being at `tap`
fn multiply(s: ptr<function, Block>, tap: u32, k: Eight) {
  let lo = vec4f(weight[tap], weight[tap + k.lo.y], weight[tap + k.lo.z], weight[tap + k.lo.w]);
  let hi = vec4f(
    weight[tap + k.hi.x], weight[tap + k.hi.y], weight[tap + k.hi.z], weight[tap + k.hi.w]);
  (*s).a0 += lo * (*s).r0; (*s).b0 += hi * (*s).r0;
  (*s).a1 += lo * (*s).r1; (*s).b1 += hi * (*s).r1;
  (*s).a2 += lo * (*s).r2; (*s).b2 += hi * (*s).r2;
  (*s).a3 += lo * (*s).r3; (*s).b3 += hi * (*s).r3;
  (*s).a4 += lo * (*s).r4; (*s).b4 += hi * (*s).r4;
  (*s).a5 += lo * (*s).r5; (*s).b5 += hi * (*s).r5;
  (*s).a6 += lo * (*s).r6; (*s).b6 += hi * (*s).r6;
}

// The window of the next tap when that is one column further: six of its inputs are already here.
fn slide(s: ptr<function, Block>, next: f32) {
  (*s).r0 = (*s).r1; (*s).r1 = (*s).r2; (*s).r2 = (*s).r3;
  (*s).r3 = (*s).r4; (*s).r4 = (*s).r5; (*s).r5 = (*s).r6; (*s).r6 = next;
}
