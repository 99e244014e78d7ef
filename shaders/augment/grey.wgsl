// Luma weights of red, green and blue (ITU-R BT.601), as torchvision has them.
const GREY = vec3f(0.2989, 0.587, 0.114);

fn grey_of(colour: vec4f) -> f32 { return dot(colour.xyz, GREY); }
