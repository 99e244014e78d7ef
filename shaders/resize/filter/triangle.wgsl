// max(0, 1 − distance/span), times span: whole numbers up to 2²⁴ are exact.
fn weight(distance: i32, span: i32) -> f32 { return f32(max(span - distance, 0)); }
