// The taxonomy as plain text beside the built files, so that whoever serves them compresses it like the rest.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

const folder = process.argv[2];
const packed = new URL("../../src/rolefit/language/data/taxonomy.json.gz", import.meta.url);
writeFileSync(join(folder, "taxonomy.json"), gunzipSync(readFileSync(packed)));
