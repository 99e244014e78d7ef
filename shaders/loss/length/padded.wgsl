// length = √(‖x‖² + ε)
fn length_of(square: f32, eps: f32) -> f32 { return sqrt(square + eps); }
fn grows(square: f32, eps: f32) -> f32 { return 1.0; }
