// length = max(‖x‖, ε); below ε it does not grow with x
fn length_of(square: f32, eps: f32) -> f32 { return max(sqrt(square), eps); }
fn grows(square: f32, eps: f32) -> f32 { return select(1.0, 0.0, sqrt(square) < eps); }
