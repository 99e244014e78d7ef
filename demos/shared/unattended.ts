const query = new URLSearchParams(location.search);

/** Whether the page does its work by itself: `?auto=1`. */
export const auto = query.get("auto") === "1";

/** Whether it then leaves out all but its guided experiments: `?only=experiments`. */
export const onlyExperiments = query.get("only") === "experiments";
