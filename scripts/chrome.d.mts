import type { LaunchOptions } from "puppeteer";

export function findChrome(): string;
export function launchOptions(): LaunchOptions;
