// Ranks files for a job: node examples/rank.mjs BUNDLE JOB RESUMES...
import { readFile } from "node:fs/promises";
import { load, verdict, whole } from "rolefit";

const [bundle, job, ...resumes] = process.argv.slice(2);
const open = async (name) => ({ name, bytes: new Uint8Array(await readFile(name)) });

const rolefit = await load(bundle);
const { matches, notRead } = await rolefit.rank(await open(job), await Promise.all(resumes.map(open)));

for (const { resume, score, band } of matches) {
  const [low, high] = band.map(whole);
  console.log(`${String(whole(score)).padStart(3)}  ${verdict(score)} (${low}-${high})  ${resume}`);
}
for (const { file, cause, remedy } of notRead) console.log(`  -  ${file}: ${cause}. ${remedy}`);
process.exit(0); // onnxruntime's threads would keep Node waiting
