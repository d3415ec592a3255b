#!/bin/sh
# The published recipe alone, to compare with: squared error of the cosine, 16 x 8 pairs a step, 1.2e-4,
# warm-up 15%, and a mapper that reads nothing but the cosine. `rolefit evaluate --peer recipe=OUT/bundle`.
#
#   recipes/published.sh BASE LABELS RESUMES JOBS OUT
#
# Two things are cut to what two cores do in ten minutes: 160 steps instead of 50 epochs with early
# stopping, and the first 512 tokens of a document instead of 8,192.
set -eu

base=$1 labels=$2 resumes=$3 jobs=$4 out=$5
python "$(dirname "$0")/hold_out.py" "$labels" "$out" \
    train-media train-health train-it train-narrow-bank-fit
rolefit train finetune "$out/kept.jsonl" --validation "$out/held.jsonl" --base "$base" \
    --out "$out/weights" --resumes "$resumes" --adverts "$jobs" \
    --set max_tokens=512 --set steps=160 --set eval_every=80 --set save_every=40
rolefit export onnx "$out/weights" "$resumes" "$jobs" --out "$out/bundle"
rolefit train mapper "$out/held.jsonl" --resumes "$resumes" --adverts "$jobs" --model "$out/bundle"
# The bundle's second mapper, which reads the cosine alone, takes the place of the first.
for file in mapper ridge_weights poly_features neural_weights; do
    cp "$out/bundle/cosine_$file.json" "$out/bundle/$file.json"
done
python -c "import pathlib, sys; from rolefit.bundle import rewrite_manifest
rewrite_manifest(pathlib.Path(sys.argv[1]))" "$out/bundle"
