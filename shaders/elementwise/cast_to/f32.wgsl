// The output is stored as f32.
alias Target = f32;
alias Target4 = vec4<f32>;
