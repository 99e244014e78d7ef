// Activations and their gradients lie in memory with half the bytes; sums are f32 all the same.
enable f16;
alias Stored = f16;
alias Stored4 = vec4<f16>;
