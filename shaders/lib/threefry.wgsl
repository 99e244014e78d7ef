// Threefry-2x32, 20 rounds (Salmon, Moraes, Dror, Shaw 2011): key and counter to 64 random bits, the same bits as
// `threefry` in src/core/rng.ts. Integer arithmetic only, so every device agrees.
fn four_rounds(x: vec2u, rotations: vec4u) -> vec2u {
  var v = x;
  v = vec2u(v.x + v.y, rotate(v.y, rotations.x)); v.y ^= v.x;
  v = vec2u(v.x + v.y, rotate(v.y, rotations.y)); v.y ^= v.x;
  v = vec2u(v.x + v.y, rotate(v.y, rotations.z)); v.y ^= v.x;
  v = vec2u(v.x + v.y, rotate(v.y, rotations.w)); v.y ^= v.x;
  return v;
}

fn rotate(x: u32, by: u32) -> u32 { return (x << by) | (x >> (32u - by)); }

fn threefry(key: vec2u, counter: vec2u) -> vec2u {
  const even = vec4u(13u, 15u, 26u, 6u);
  const odd = vec4u(17u, 29u, 16u, 24u);
  let last = 0x1bd11bdau ^ key.x ^ key.y;
  var x = counter + key;
  x = four_rounds(x, even) + vec2u(key.y, last + 1u);
  x = four_rounds(x, odd) + vec2u(last, key.x + 2u);
  x = four_rounds(x, even) + vec2u(key.x, key.y + 3u);
  x = four_rounds(x, odd) + vec2u(key.y, last + 4u);
  return four_rounds(x, even) + vec2u(last, key.x + 5u);
}

// The top 24 bits of a word as a number in [0, 1), a multiple of 2⁻²⁴: exact.
fn unit_interval(word: u32) -> f32 { return f32(word >> 8u) * 0x1p-24f; }
