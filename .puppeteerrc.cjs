// scripts/chrome.mjs finds or installs the browser; puppeteer must not download one while installing.
module.exports = { skipDownload: true };
