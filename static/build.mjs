// Builds static/src into static/dist (or into the folder given as the first argument): style bundles, each with its
// right-to-left twin, and script bundles. The same input gives the same bytes: a test rebuilds and compares. `kinds` is
// what only some kinds of question need beside `young`.
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import rtlcss from "rtlcss";
import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const source = join(here, "src");
const target = resolve(process.argv[2] ?? join(here, "dist"));

const SCRIPTS = {
  young: ["attach", "read", "leave", "copy", "print", "once", "errors", "skip"],
  kinds: ["attach", "slider", "rank", "body", "give", "draw", "record"],
  reader: ["reader"], // a module by itself: fetched by young pages when somebody asks to be read to
  staff: ["attach", "copy", "print", "once", "errors", "coder", "contrast"],
  showing: ["showing"], // a module by itself: only pages with a box for free words ask for it
  switch: ["switch"],
  kiosk: ["attach", "kiosk"],
  offline: ["live", "rank", "body", "give", "draw", "record", "pictures", "order", "chosen", "walk", "typed", "seal", "boxes", "offline"],
  worker: ["offline-worker"],
};

function style(name) {
  const { css } = sass.compile(join(source, "scss", `${name}.scss`), {
    style: "compressed",
    charset: false,
    loadPaths: [join(here, "..", "node_modules")],
    quietDeps: true,
  });
  return css + "\n";
}

// Each module is whole by itself. A bundle is the modules one after another with their imports and exports taken off, so
// a page asks for one file. Names at the top of the modules must differ; a clash is a syntax error and the build stops.
function script(parts) {
  const text = parts.map((part) => readFileSync(join(source, "js", `${part}.js`), "utf8")).join("\n");
  const bare = text
    .replace(/^import .*;\n/gm, "")
    .replace(parts.length > 1 ? /^export /gm : /^$/gm, "")
    .replace(/^\s*\/\/.*\n/gm, "")
    .replace(/^\s*\n/gm, "")
    .replace(/^ +/gm, "");
  new Function(bare.replace(/^export /gm, ""));
  return bare;
}

// Beside each file its compressed twin: a phone gets that, and no server in front is needed for it.
function write(name, text) {
  writeFileSync(join(target, name), text);
  writeFileSync(join(target, `${name}.gz`), gzipSync(text, { level: 9 }));
}

mkdirSync(target, { recursive: true });
for (const old of readdirSync(target)) rmSync(join(target, old), { recursive: true });
for (const name of ["young", "kinds", "staff", "comfort"]) {
  const css = style(name);
  write(`${name}.css`, css);
  write(`${name}.rtl.css`, rtlcss.process(css));
}
for (const name of Object.keys(SCRIPTS)) write(`${name}.js`, script(SCRIPTS[name]));
