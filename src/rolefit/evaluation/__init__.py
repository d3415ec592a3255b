"""The workshop's measuring bench: a bundle and its peers on judged pairs of unseen documents."""
