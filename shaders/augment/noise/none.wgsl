// Nothing is random but the steps.
fn normal_at(element: u32, purpose: u32) -> f32 { return 0.0; }
