import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';

const INSTALLED = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** The Chromium that the machine has, or one that is installed now. Throws one clear line where none can be had. */
export function findChromium(): string {
  const named = process.env.PLAYWRIGHT_CHROMIUM;
  if (named) {
    if (existsSync(named)) return named;
    throw new Error(`PLAYWRIGHT_CHROMIUM names ${named}, which does not exist.`);
  }
  const found = present();
  if (found) return found;
  for (const install of [downloadPlaywrights, installDebians]) {
    install();
    const installed = present();
    if (installed) return installed;
  }
  throw new Error(
    'The browser suite needs a Chromium: install one (Debian: apt-get install chromium) or name it in PLAYWRIGHT_CHROMIUM.',
  );
}

function present(): string | undefined {
  return [...INSTALLED, chromium.executablePath()].find((path) => existsSync(path));
}

function downloadPlaywrights(): void {
  attempt('npx', ['playwright', 'install', 'chromium']);
}

function installDebians(): void {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return;
  attempt('apt-get', ['update']);
  attempt('apt-get', ['install', '-y', '--no-install-recommends', 'chromium']);
}

/** Failure is no error here: the next way is tried, and the last line says what to do. */
function attempt(command: string, args: string[]): void {
  console.error(`No Chromium found: trying ${command} ${args.join(' ')}`);
  try {
    execFileSync(command, args, {
      stdio: ['ignore', 'ignore', 'inherit'],
      timeout: 300_000,
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  } catch (error) {
    console.error(error instanceof Error ? error.message.split('\n')[0] : String(error));
  }
}
