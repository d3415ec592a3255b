#!/usr/bin/env bash
# From raw texts to the shipped bundle, top to bottom. On two cores without a GPU: about an hour for
# the base weights, five for fine-tuning, half an hour for the rest. Each step can be run again
# alone; the first goes on from its checkpoint with --resume.
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

# 2. Fine-tuning on scored pairs; four blocks of pairs are held out for the mapper.
recipes/finetune.sh models/base "$data/labels/train.jsonl.gz" "$resumes" "$adverts" runs/finetune
mkdir -p models/finetuned
cp -r runs/finetune/averaged/{*.json,*.jsonl,model.safetensors,1_Pooling,2_Normalize} models/finetuned/

# 3. ONNX, float32 and int8, compared with torch on 200 texts and refused if they differ.
rolefit export onnx models/finetuned "$resumes" "$adverts" --out "$bundle" --fp32 runs/encoder.onnx

# 4. The score mappers: features of the held-out pairs to the judges' scores; measured on val. The
#    bands are fitted to the first judge's: the second's scores are twice as noisy.
rolefit train mapper runs/finetune/held.jsonl runs/finetune/judged-pairs/held.jsonl --resumes "$resumes" --adverts "$adverts" \
  --model "$bundle" --check "$data/labels/val.jsonl.gz" --bands-on runs/finetune/held.jsonl

#    How far apart two scores of one job must lie to be told apart; measured on parts of val in turn.
rolefit train tiers "$data/labels/val.jsonl.gz" --resumes "$resumes" --adverts "$adverts" --model "$bundle"

# 5. The professions, which are told from vectors of this encoder alone.
rolefit train domains "$resumes" "$adverts" --model "$bundle" --labels recipes/judged/professions.jsonl.gz \
  --occupations "$data/esco/occupation_skill_relations.csv.gz"

# 6. What the examples come out as with this bundle.
python tests/golden/record.py
