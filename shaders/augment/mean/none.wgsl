// No step changes the contrast: the mean is not needed.
override WG: u32 = 64;

fn grey_mean(image: u32, begin: u32, stop: u32, lane: u32) -> f32 { return 0.0; }
