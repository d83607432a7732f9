// Runs @yowasp/yosys (Yosys compiled to WebAssembly) as a program: arguments as of yosys, files of the working folder in, changed files out.
// The package is looked for in the folder that LUTDLA_YOWASP names, then where npm install --global puts it. Exit code 127: it is not there.
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const prefixes = [dirname(dirname(process.execPath)), '/usr/local', process.env.npm_config_prefix];
const places = [process.env.LUTDLA_YOWASP, ...prefixes.filter(Boolean).map(prefix => join(prefix, 'lib'))];
const bundle = places.filter(Boolean).map(place => resolve(place, 'node_modules/@yowasp/yosys/gen/bundle.js')).find(existsSync);
if (!bundle) process.exit(127);

const read = folder => Object.fromEntries(readdirSync(folder, { withFileTypes: true })
  .filter(entry => entry.isFile() || entry.isDirectory())
  .map(entry => [entry.name, entry.isDirectory() ? read(join(folder, entry.name)) : readFileSync(join(folder, entry.name))]));

const write = (folder, tree, before) => {
  for (const [name, content] of Object.entries(tree)) {
    const path = join(folder, name);
    if (typeof content === 'string' || content instanceof Uint8Array) {
      if (!before?.[name] || Buffer.compare(Buffer.from(content), before[name]) !== 0) writeFileSync(path, content);
    } else {
      mkdirSync(path, { recursive: true });
      write(path, content, before?.[name]);
    }
  }
};

const { runYosys, Exit } = await import(pathToFileURL(bundle));
const options = process.argv.slice(2);
// The version is asked for in any folder, the root of the machine for instance.
const files = options.includes('-V') ? {} : read('.');
try {
  write('.', await runYosys(options, files) ?? {}, files);
} catch (error) {
  if (!(error instanceof Exit)) throw error;
  write('.', error.files, files);
  process.exitCode = error.code;
}
