// No noise.
fn normal_at(element: u32, purpose: u32) -> f32 { return 0.0; }

fn noisy(value: f32, c: u32, element: u32) -> f32 { return value; }
