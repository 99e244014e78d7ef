// Activations and their gradients lie in memory as they are computed.
alias Stored = f32;
alias Stored4 = vec4<f32>;
