"""The workshop's trainers: base weights by distillation, and the score mapper."""
