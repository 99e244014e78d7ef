//! use augment/box.wgsl
//! use augment/draw.wgsl
// Parameters of the last steps for values; see augment/finish/values.wgsl.
struct Noise {
  gate: Gate,
  mean: f32,      // mean and deviation of the normal numbers that are added
  deviation: f32,
  clip: u32,      // whether results are clamped to 0..1
  part: f32,      // share of cells that become white or black
  white: f32,     // share of these that become white
}

struct Erase {
  gate: Gate,
  box: Box,
  side: f32,      // side of a square around a random cell; 0: the random box
  deviation: f32, // deviation of the normal numbers that fill the box
  value: vec4f,   // mean of the numbers in the box, for channels 0 to 3
}

struct FinishParams {
  noise: Noise,
  erase: Erase,
  mean: vec4f, // (v − mean) / spread, of channels 0 to 3
  spread: vec4f,
}
