// No running statistics: bindings 3 and 4 stay empty.
fn move_running(row: u32, count: f32, mean: f32, variance: f32) {}
