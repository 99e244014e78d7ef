// All classes have weight 1: binding 3 stays empty.
fn class_weight(k: u32) -> f32 { return 1.0; }
