// An element at a time, for any count.
alias From = Source;
alias To = Target;
