// Activations and their gradients are stored as f32.
alias Stored = f32;
alias Stored4 = vec4<f32>;
