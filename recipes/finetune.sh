#!/bin/sh
# Fine-tune the encoder on scored pairs. From top to bottom: what goes in, the two stages, what comes
# out. Start it again with the same arguments after a kill: it goes on where the last checkpoint is.
#
#   recipes/finetune.sh BASE TRAIN VALIDATION RESUMES JOBS OUT [HOURS]
#
# BASE        weight folder (`rolefit train base`)
# TRAIN       scored pairs, JSON lines: block, resume, job (ids), score 0-100
# VALIDATION  the same, of documents that TRAIN does not hold
# RESUMES     texts by id, JSON lines; rows marked reserved are never read
# JOBS        the same for jobs
# OUT         gets the best weights by Pearson on VALIDATION, log.jsonl and checkpoints/
# HOURS       what the machine can give (default 10); the number of steps follows from it
set -eu

base=$1 train=$2 validation=$3 resumes=$4 jobs=$5 out=$6 hours=${7:-10}

# The number of steps is fixed when the run first starts; --resume keeps it.
resume=
for folder in "$out"/checkpoints/checkpoint-*; do
    if [ -f "$folder/run.json" ]; then resume=--resume; fi
done

# Windows of 384 tokens for the first 70% of the steps (a third of a document's tokens, so three times
# the steps an hour), whole documents for the rest. The recipe's loss is kept, with a ranking term
# for the order within a job, which the squared error alone hardly moves. To run the published recipe
# as it is, leave out every --set but hours.
rolefit train finetune "$train" --validation "$validation" --base "$base" --out "$out" \
    --resumes "$resumes" --adverts "$jobs" \
    --set hours="$hours" --set window_tokens=384 --set window_share=0.7 \
    --set cosent=0.05 --set listwise=0.05 --set high_scores=1 \
    --set eval_every=100 --set patience=10 --set save_every=25 $resume

# What follows: rolefit export onnx "$out" ..., rolefit train mapper ... --model BUNDLE
