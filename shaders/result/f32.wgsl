// Results are f32, whatever the type of the elements.
alias Result = f32;
alias Result4 = vec4<f32>;
