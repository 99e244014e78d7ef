export const softwareAdapterYourCpu = "Software adapter (your CPU): ";
export const yourGpu = "Your GPU: ";
export const copyLink = "Copy link";
export const addressOfThisPageWith = "The address of this page with its settings";
export const linkCopied = " Copied.";
export const copyTheAddress = " This browser does not allow it: copy the address from its bar.";
export const notDrawnYet = "Not drawn yet";
export const pointAt = (name: string, at: string) => `${name} at ${at}`;
export const nothingIsMeasuredYet = "Nothing is measured yet.";
export const pointAtChartToRead = "Point at the chart to read its values.";
export const expectedNumberFromTo = (name: string, value: number, from: number, to: number) =>
  `?${name}=${value}: expected a number from ${from} to ${to}`;
export const expectedWholeNumberFromTo = (name: string, value: number, from: number, to: number) =>
  `?${name}=${value}: expected a whole number from ${from} to ${to}`;
export const expectedOneOf = (name: string, value: string, names: string) =>
  `?${name}=${value}: expected one of ${names}`;
export const copy = "Copy";
export const showCode = "Show the code";
export const whatThisPageDoesWith =
  "What this page does, with your settings, as a program of its own. It runs in a page of any project that has wgrad installed.";
export const codeCopied = "Copied.";
export const markTheLines = "This browser does not allow it: mark the lines and copy them.";
export const runBoth = "Run both";
export const stop = "Stop";
export const experiment = "Experiment";
export const progressOfExperiment = "Progress of the experiment";
export const predictThenRun = "Predict, then run";
export const whatDoYouExpect = "What do you expect?";
export const chooseWhatYouExpectThen = "Choose what you expect, then run both.";
export const waitingForWhatRunsNow = "Waiting for what runs now …";
export const running = "Running …";
export const asYouExpected = "As you expected.";
export const youExpectedSomethingElse = (answer: string) =>
  `You expected something else; it was: ${answer}.`;
export const bytes = (count: number) => `${count} B`;
export const kilobytes = (count: string) => `${count} KB`;
export const megabytes = (count: string) => `${count} MB`;
export const seconds = (s: number) => `${s} s`;
export const minutesAndSeconds = (minutes: number, seconds: number) =>
  `${minutes} min ${seconds} s`;
export const allDemos = "All demos";
export const documentation = "Documentation";
export const otherLabs = "Other labs";
export const demos = (labs: number) => `${labs} demos`;
export const noGpuFound = "No GPU found";
export const dragOrUseArrowKeys = (label: string) => `${label}; drag it, or use the arrow keys`;
export const thisPageNeedsWebgpu = "This page needs WebGPU";
export const thesePagesNeedWebgpu = "These pages need WebGPU";
export const workIsDoneOnYour =
  "The work is done on your graphics card, and this browser does not offer that yet. What helps:";
export const useChromeOrEdge113 =
  "Use Chrome or Edge 113 or newer, Safari 26 or newer, or Firefox 141 or newer.";
export const onLinuxStartChromeWith =
  "On Linux, start Chrome with --enable-unsafe-webgpu --enable-features=Vulkan.";
export const noGraphicsCardAddUse =
  "No graphics card? Add --use-webgpu-adapter=swiftshader: slower, but it works.";
export const openPageFromHttpsOr = "Open the page from https:// or from localhost.";
export const somethingWentWrong = "Something went wrong";
export const pageHadToStopWhat = "The page had to stop. What helps:";
export const reloadPage = "Reload the page.";
export const closeOtherPagesThatUse = "Close other pages that use the graphics card.";
export const chooseSomethingSmaller = "Choose something smaller, where the page lets you.";
export const whatBrowserSaid = "What the browser said";
export const compilingKernels = (done: number) => `Compiling kernels: ${done} done …`;
export const stopping = "Stopping …";
export const pageGoesOnWith = (reason: string, shown: string) =>
  `${reason}. The page goes on with ${shown}.`;
export const itsOwn = "its own";
export const expectedNumber = (name: string, value: string) =>
  `?${name}=${value}: expected a number`;
export const expectedTrueOrFalse = (name: string, value: string) =>
  `?${name}=${value}: expected true or false`;
export const browserHadLostGraphics =
  "The browser had lost the graphics device, so this page was loaded again with the same settings.";
/** The displayed name of a glossary term, by its key. */
export const termTitle = (key: string): string => key;
