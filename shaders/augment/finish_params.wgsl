//! use augment/box.wgsl
//! use augment/draw.wgsl
// Parameters of the last steps for values; see augment/finish/values.wgsl.
struct Noise {
  gate: Gate,
  mean: f32,      // of normal numbers
  deviation: f32,
  clip: u32,      // whether results are clamped to 0..1
  part: f32,      // share of cells that become white or black
  white: f32,     // share of these that become white
}

struct Erase {
  gate: Gate,
  box: Box,
  side: f32,      // of a square around a random cell; a random box if 0
  deviation: f32, // of normal numbers in the box
  value: vec4f,   // in the box, of channels 0 to 3
}

struct FinishParams {
  noise: Noise,
  erase: Erase,
  mean: vec4f, // (v − mean) / spread, of channels 0 to 3
  spread: vec4f,
}
