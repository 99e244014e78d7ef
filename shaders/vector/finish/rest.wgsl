// finish = a − b · total
fn finish(total: f32, a: f32, b: f32) -> f32 { return a - b * total; }
