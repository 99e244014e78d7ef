// Offsets of the 8 channels of a block.
const CHANNELS = 8u;

// Offsets of 8 channels from the first one.
struct Offsets { lo: vec4u, hi: vec4u }

// Channels first..first + 7 of `count`, `stride` elements apart. Those past the last repeat it; they are not stored.
fn offsets(first: u32, count: u32, stride: u32) -> Offsets {
  let last = vec4u(count - 1u - first);
  return Offsets(min(vec4u(0u, 1u, 2u, 3u), last) * stride, min(vec4u(4u, 5u, 6u, 7u), last) * stride);
}
