// What is made of the elements is f32, whatever they are.
alias Result = f32;
alias Result4 = vec4<f32>;
