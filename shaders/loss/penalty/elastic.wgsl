// penalty = λ₁·|p| + λ₂·p²
fn penalty(p: f32, first: f32, second: f32) -> f32 { return first * abs(p) + second * p * p; }
