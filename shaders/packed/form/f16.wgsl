// Two numbers a word, each as the nearest float of 16 bits.
const PER = 2u;

fn bits_of(value: f32, row: u32) -> u32 { return pack2x16float(vec2f(value, 0.0)) & 0xffffu; }

fn value_of(bits: u32, row: u32) -> f32 { return unpack2x16float(bits).x; }
