// γ varies within a row, so it belongs inside the row's means (group, instance and layer norm).
@group(0) @binding(4) var<storage, read> gamma: array<f32>; // [C]

fn inside(value: f32, channel: u32) -> f32 { return value * gamma[channel]; }
fn outside(value: f32, channel: u32) -> f32 { return value; }
