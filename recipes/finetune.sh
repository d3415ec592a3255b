#!/bin/sh
# Fine-tune the encoder on scored pairs. From top to bottom: what goes in, the stages, what comes out.
# Start it again with the same arguments after a kill: each stage goes on from its last checkpoint.
#
#   recipes/finetune.sh BASE LABELS RESUMES JOBS OUT
#
# BASE        weight folder (`rolefit train base`)
# LABELS      scored pairs, JSON lines: block, resume, job (ids), score 0-100
# RESUMES     texts by id, JSON lines; rows marked reserved are never read
# JOBS        the same for jobs; a `title` is put on top of the text
# OUT         gets held.jsonl (pairs for the mapper), one folder a stage, the last is the result
#
# The shipped weights were made this way in about five hours on two cores that were shared. Stage one
# and two were cut short by hand (at steps 200 of 440 and 175 of 340) and the learning rates below
# are those of the whole plans; more steps would do better, nothing had stopped rising.
set -eu

base=$1 labels=$2 resumes=$3 jobs=$4 out=$5

# Four blocks of related professions are held out: the mapper is fitted on documents that the encoder
# has not seen, and checkpoints are chosen on them. The validation labels stay untouched.
python "$(dirname "$0")/hold_out.py" "$labels" "$out" \
    train-media train-health train-it train-narrow-bank-fit

resumed() {  # FOLDER: the option to go on, where there is a whole checkpoint
    for folder in "$1"/checkpoints/checkpoint-*; do
        if [ -f "$folder/run.json" ]; then echo --resume; break; fi
    done
}

stage() {  # FROM TO SETTING...
    from=$1 to=$2
    shift 2
    set -- $(printf -- ' --set %s' "$@") \
        --set resumes_per_step=15 --set jobs_per_step=10 --set max_tokens=1024 \
        --set cosent=0.01 --set listwise=0.01 --set high_scores=1 --set save_every=25
    rolefit train finetune "$out/kept.jsonl" --validation "$out/held.jsonl" --base "$from" \
        --out "$to" --resumes "$resumes" --adverts "$jobs" "$@" $(resumed "$to")
}

# 1. The cosine alone, in windows of 320 tokens.
stage "$base" "$out/cosine" steps=200 learning_rate=2.5e-4 window_tokens=320 window_share=1 \
    eval_every=100
# 2. The cosine, the lines and the titles together, in windows and at last in whole documents.
stage "$out/cosine" "$out/combined" steps=335 learning_rate=2.5e-4 warmup_share=0.05 seed=22 \
    window_tokens=384 window_share=0.85 combined=1 eval_every=100

# 3. New documents: 27,712 more pairs (judged/README.md), six blocks of them held out, and of the old
#    pairs a quarter. Ranking terms on the combination too, with a scale of their own.
#    The shipped weights are those of step 320, at 6% of the peak rate.
here=$(dirname "$0")
python "$here/hold_out.py" "$here/judged/pairs.jsonl.gz" "$out/judged-pairs" \
    judged-b00 judged-b05 judged-b07 judged-b15 judged-b30 judged-b31
python "$here/quarter.py" "$out/kept.jsonl" "$out/quarter.jsonl" \
    --without "$out/held.jsonl" "$out/judged-pairs/held.jsonl"
set -- --set resumes_per_step=16 --set jobs_per_step=15 --set max_tokens=1024 --set keep_tokens=26000 \
    --set cosent=0.01 --set listwise=0.01 --set combined=1 --set combined_ranking=0.01 \
    --set high_scores=1 --set steps=340 --set learning_rate=2.5e-4 --set warmup_share=0.05 \
    --set window_tokens=320 --set window_share=0.87 --set seed=31 --set eval_every=170 --set save_every=20
rolefit train finetune "$out/judged-pairs/kept.jsonl" "$out/quarter.jsonl" \
    --validation "$out/held.jsonl" --base "$out/combined" --out "$out/judged" \
    --resumes "$resumes" --adverts "$jobs" "$@" $(resumed "$out/judged")

# 4. The same with 8,133 pairs more, where the model was too hopeful, and half of the resumes read with
#    their sections in another order.
set -- --set resumes_per_step=16 --set jobs_per_step=15 --set max_tokens=1024 --set keep_tokens=26000 \
    --set cosent=0.01 --set listwise=0.01 --set combined=1 --set combined_ranking=0.01 \
    --set high_scores=1 --set reordered_share=0.5 --set steps=240 --set learning_rate=2e-4 \
    --set warmup_share=0.05 --set window_tokens=320 --set window_share=0.88 --set seed=61 \
    --set eval_every=120 --set save_every=40
rolefit train finetune "$out/judged-pairs/kept.jsonl" "$out/quarter.jsonl" "$here/judged/proposed-0.4.0.jsonl.gz" \
    --validation "$out/held.jsonl" --base "$out/judged" --out "$out/proposed" \
    --resumes "$resumes" --adverts "$jobs" "$@" $(resumed "$out/proposed")

# 5. The same with the pairs that 0.5.0 was most hopeful about, and another quarter of the old ones.
python "$here/quarter.py" "$out/kept.jsonl" "$out/quarter-6.jsonl" --seed 6 \
    --without "$out/held.jsonl" "$out/judged-pairs/held.jsonl"
set -- --set resumes_per_step=16 --set jobs_per_step=15 --set max_tokens=1024 --set keep_tokens=26000 \
    --set cosent=0.01 --set listwise=0.01 --set combined=1 --set combined_ranking=0.01 \
    --set high_scores=1 --set reordered_share=0.5 --set steps=400 --set learning_rate=2.5e-4 \
    --set warmup_share=0.05 --set window_tokens=320 --set window_share=0.88 --set seed=71 \
    --set eval_every=100 --set save_every=40
rolefit train finetune "$out/judged-pairs/kept.jsonl" "$out/quarter-6.jsonl" \
    "$here/judged/proposed-0.4.0.jsonl.gz" "$here/judged/proposed-0.5.0.jsonl.gz" \
    --validation "$out/held.jsonl" --base "$out/proposed" --out "$out/proposed-again" \
    --resumes "$resumes" --adverts "$jobs" "$@" $(resumed "$out/proposed-again")

# 6. The mean of the weights of all stages since the second, which is better than each of them. The
#    shares were chosen on the held-out pairs among five mixtures (docs/log.md).
python "$here/average.py" "$out/averaged" "$out/combined=.15" "$out/judged=.25" "$out/proposed=.25" \
    "$out/proposed-again=.10" "$out/proposed-again/checkpoints/checkpoint-400=.25"

# What follows: rolefit export onnx "$out/averaged" ...; rolefit train mapper "$out/held.jsonl"
# "$out/judged-pairs/held.jsonl" ...
