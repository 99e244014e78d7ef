// Cells outside of the image count as 0: their index is −1.
fn bounded(position: f32, cells: i32, edge: f32) -> vec2f { return vec2f(position, 1.0); }

fn cell_at(i: i32, cells: i32, edge: f32) -> i32 { return select(-1, i, (i >= 0) & (i < cells)); }
