// Activations and their gradients are stored as f16; sums are f32.
enable f16;
alias Stored = f16;
alias Stored4 = vec4<f16>;
