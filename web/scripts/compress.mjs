// Brotli copies beside the built files; `rolefit serve-web` and most hosts send them instead.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

const folder = process.argv[2];
const TEXT = /\.(js|mjs|css|html|wasm|json|svg)$/;
const params = { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_LGWIN]: 24 };

let total = 0;
for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !TEXT.test(entry.name)) continue;
  const file = join(entry.parentPath, entry.name);
  const packed = brotliCompressSync(readFileSync(file), { params });
  writeFileSync(`${file}.br`, packed);
  total += packed.length;
}
console.log(`brotli: ${(total / 2 ** 20).toFixed(2)} MiB in all`);
