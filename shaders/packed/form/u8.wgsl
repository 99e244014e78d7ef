// Four numbers a word, each as the steps from 0 to 255 that it lies above the smallest of its row.
const PER = 4u;

@group(0) @binding(2) var<storage, read> lines: array<vec2f>; // [rows]: length of a step, smallest number

fn bits_of(value: f32, row: u32) -> u32 {
  let line = lines[row];
  let steps = round((value - line.y) / line.x);
  return u32(clamp(select(0.0, steps, line.x > 0.0), 0.0, 255.0));
}

fn value_of(bits: u32, row: u32) -> f32 { return fma(f32(bits), lines[row].x, lines[row].y); }
