// Makes a fresh clone ready: `node tools/bootstrap.mjs [--browser] [--java] [--kcat] [--run PROGRAM ARGUMENTS…]`.
// With --run the program then takes its place, on Node 24: signals reach it, its exit code is ours, and nothing is
// left when it ends. (A shell between two commands would neither pass a signal on nor look for `node` again.)
// Runs on Node 20 before anything is installed: plain JavaScript that imports only Node's own modules.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const modules = path.join(root, 'node_modules');
const lockFile = path.join(root, 'package-lock.json');
const stampFile = path.join(modules, '.millstream-bootstrap');

/** What each flag asks for: how to see that it is there, the Debian packages, and words for other systems. */
const SYSTEM_NEEDS = {
  '--browser': [
    {
      isThere: () => findCommand('chromium'),
      packages: ['chromium', 'fonts-dejavu-core'],
      words: 'Chromium',
    },
  ],
  '--java': [
    {
      isThere: () => javaVersion() >= 17,
      packages: ['openjdk-17-jdk-headless'],
      words: 'a JDK, version 17 or newer',
    },
    { isThere: () => findCommand('mvn'), packages: ['maven'], words: 'Maven' },
  ],
  '--kcat': [{ isThere: () => findCommand('kcat'), packages: ['kcat'], words: 'kcat' }],
};

class BootstrapError extends Error {
  constructor(message, exitCode) {
    super(message);
    this.exitCode = exitCode;
  }
}

try {
  const words = process.argv.slice(2);
  const at = words.indexOf('--run');
  const flags = at < 0 ? words : words.slice(0, at);
  for (const flag of flags) {
    const known = Object.keys(SYSTEM_NEEDS);
    if (!known.includes(flag))
      throw new BootstrapError(`There is no flag ${flag}: use ${[...known, '--run'].join(', ')}.`, 2);
  }
  ensurePackages();
  ensureNode24();
  ensureSystemNeeds(flags.flatMap((flag) => SYSTEM_NEEDS[flag]));
  if (at >= 0) runProgram(words.slice(at + 1));
} catch (error) {
  if (!(error instanceof BootstrapError)) throw error;
  console.error(error.message);
  process.exitCode = error.exitCode;
}

function ensurePackages() {
  const lock = readFileSync(lockFile, 'utf8');
  const stamp = createHash('sha256').update(lock).digest('hex');
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8').trim() === stamp) return;
  if (!isInstalled(JSON.parse(lock))) {
    const npm = process.env.npm_execpath ? [process.execPath, process.env.npm_execpath] : ['npm'];
    // Not `npm ci`: it refuses a lock that lacks the optional packages of other platforms, and a lock lacks
    // them when it was written against a registry that does. This installs what the lock says all the same.
    const quietly = ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'];
    runStep('installing npm packages', [...npm, ...quietly], /^npm (?:error|ERR!)[ \t]+(?!code)(\S.+)$/m);
  }
  writeFileSync(stampFile, `${stamp}\n`);
}

// npm writes down what it put into node_modules; a developer's own `npm install` is as good as ours.
function isInstalled(lock) {
  const installedFile = path.join(modules, '.package-lock.json');
  if (!existsSync(installedFile)) return false;
  const installed = JSON.parse(readFileSync(installedFile, 'utf8')).packages;
  return Object.entries(lock.packages).every(([location, wanted]) => {
    if (!location.startsWith('node_modules/')) return true;
    const found = installed[location];
    return found
      ? found.version === wanted.version && found.integrity === wanted.integrity
      : Boolean(wanted.optional || wanted.devOptional);
  });
}

function ensureNode24() {
  if (Number.parseInt(process.versions.node, 10) >= 24 || existsSync(path.join(modules, '.bin', 'node')))
    return;
  const where = 'with your version manager (nvm install 24) or from https://nodejs.org';
  throw new BootstrapError(
    `Millstream needs Node 24 and this is ${process.version}: install it ${where}.`,
    2,
  );
}

function ensureSystemNeeds(needs) {
  const missing = needs.filter((need) => !need.isThere());
  if (missing.length === 0) return;
  const words = missing.map((need) => need.words).join(', ');
  const packages = missing.flatMap((need) => need.packages);
  const aptGet = findCommand('apt-get');
  const install = `apt-get install --no-install-recommends ${packages.join(' ')}`;
  if (!aptGet) throw new BootstrapError(`Missing: ${words}; install it and run this again.`, 2);
  if (process.getuid?.() !== 0) {
    throw new BootstrapError(`Missing: ${words}; run this as root, then try again: ${install}`, 2);
  }
  const quietly = ['-qq', '-o', 'Dpkg::Use-Pty=0'];
  runStep('reading the list of Debian packages', [aptGet, 'update', ...quietly], /^E: (.+)$/m);
  const arguments_ = ['install', '-y', '--no-install-recommends', ...quietly, ...packages];
  runStep(`installing ${packages.join(', ')}`, [aptGet, ...arguments_], /^E: (.+)$/m);
}

function runProgram([program = '', ...args]) {
  const bin = path.join(modules, '.bin');
  const ownNode = path.join(bin, 'node');
  const node = existsSync(ownNode) ? ownNode : process.execPath;
  const env = { ...process.env, PATH: [bin, process.env.PATH].filter(Boolean).join(path.delimiter) };
  const command = ['--conditions=millstream-source', path.join(root, program), ...args];
  const child = spawn(node, command, { stdio: 'inherit', env, cwd: startFolder() });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  // npm passes a signal on to its shell, which ends without telling anybody.
  const parent = process.ppid;
  const watch = setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), 300);
  child.on('exit', (code, signal) => {
    clearInterval(watch);
    if (signal === null) process.exit(code ?? 1);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

/** npm goes to the project's folder and tells where it was called: the paths that the user gives begin there. */
function startFolder() {
  const here = process.cwd();
  return (here === root && process.env.INIT_CWD) || here;
}

function runStep(what, [command, ...args], reason) {
  console.error(`${what}…`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const { status, error, stdout, stderr } = spawnSync(command, args, { cwd: root, env, encoding: 'utf8' });
  if (status === 0) return;
  const output = `${stderr ?? ''}\n${stdout ?? ''}`;
  const why =
    error?.message ?? reason.exec(output)?.[1] ?? (output.trim().split('\n').at(-1) || `exit code ${status}`);
  throw new BootstrapError(`This step failed: ${what}: ${why.trim()}`, 1);
}

/** The major version of the JDK that would be used, 0 when there is none. */
function javaVersion() {
  const home = process.env.JAVA_HOME;
  const compiler = home ? path.join(home, 'bin', 'javac') : findCommand('javac');
  if (!compiler || !existsSync(compiler)) return 0;
  const release = path.resolve(realpathSync(compiler), '../../release');
  const text = existsSync(release)
    ? readFileSync(release, 'utf8')
    : spawnSync(compiler, ['-version'], { encoding: 'utf8' }).stdout;
  return Number(/(?:JAVA_VERSION="|javac )(\d+)/.exec(text)?.[1] ?? 0);
}

function findCommand(name) {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
  return folders.map((folder) => path.join(folder, name)).find(isExecutable);
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
