#!/usr/bin/env bash
# From raw texts to the shipped bundle, top to bottom. On two cores without a GPU: about an hour for
# the base weights, a quarter of an hour for the rest. Each step can be run again alone; the first
# goes on from its checkpoint with --resume.
#
#   recipes/shipped-bundle.sh DATA
#
# DATA/corpus/{resumes,jobs}.jsonl.gz   texts: id, text, reserved
# DATA/labels/{train,val}.jsonl.gz      scored pairs: resume, job, score 0-100
set -euo pipefail
data=${1:?usage: recipes/shipped-bundle.sh DATA}
cd "$(dirname "$0")/.."
resumes=$data/corpus/resumes.jsonl.gz
adverts=$data/corpus/jobs.jsonl.gz
bundle=src/rolefit/models/default

# 1. Base weights: distil all-MiniLM-L6-v2 into the 4-layer, 8,192-token encoder. Texts that the
#    validation labels name are left out, reserved ones are never read.
rolefit train base "$resumes" "$adverts" --exclude "$data/labels/val.jsonl.gz" --out models/base \
  --steps 1600 --learning-rate 4e-4

# 2. ONNX, float32 and int8, compared with torch on 200 texts and refused if they differ.
rolefit export onnx models/base "$resumes" "$adverts" --out "$bundle" --fp32 runs/encoder.onnx

# 3. The score mapper: features of the training pairs to the judge's scores; measured on val.
rolefit train mapper "$data/labels/train.jsonl.gz" --resumes "$resumes" --adverts "$adverts" \
  --model "$bundle" --check "$data/labels/val.jsonl.gz"

# 4. What the examples come out as with this bundle.
python tests/golden/record.py
