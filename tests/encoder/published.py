"""Weights of an encoder as the published JinaBERT files have them."""

import json

import torch
from safetensors.torch import save_file


def write_jina(folder, encoder, *, swapped, prefix="", pooler=True, dtype=torch.float32):
    """Write `encoder` with q, k, v apart and a table of token types, and its config.json."""
    ours, config = encoder.state_dict(), encoder.config
    width = config.hidden_size
    types = torch.randn(2, width)
    theirs = {
        "embeddings.word_embeddings.weight": ours["word.weight"] - types[0],
        "embeddings.token_type_embeddings.weight": types,
    }
    names = {"word_norm": "embeddings.LayerNorm"}
    for i in range(config.num_hidden_layers):
        new, old = f"layers.{i}", f"encoder.layer.{i}"
        for part in ("weight", "bias"):
            chunks = ours[f"{new}.attention.qkv.{part}"].chunk(3)
            for which, chunk in zip(("query", "key", "value"), chunks, strict=True):
                theirs[f"{old}.attention.self.{which}.{part}"] = chunk.clone()
        gate, up = ours[f"{new}.feed_forward.gate_up.weight"].chunk(2)
        joined = torch.cat([up, gate] if swapped else [gate, up])
        theirs[f"{old}.mlp.{'up_gated_layer' if swapped else 'gated_layers'}.weight"] = joined
        names[f"{new}.attention.out"] = f"{old}.attention.output.dense"
        names[f"{new}.attention_norm"] = f"{old}.attention.output.LayerNorm"
        names[f"{new}.feed_forward.down"] = f"{old}.mlp.{'down_layer' if swapped else 'wo'}"
        names[f"{new}.output_norm"] = f"{old}.{'layer_norm_2' if swapped else 'mlp.layernorm'}"
        if config.qk_norm:
            names[f"{new}.attention.query_norm"] = f"{old}.attention.self.layer_norm_q"
            names[f"{new}.attention.key_norm"] = f"{old}.attention.self.layer_norm_k"
            names[f"{new}.middle_norm"] = f"{old}.layer_norm_1"
    for new, old in names.items():
        for part in ("weight", "bias"):
            theirs[f"{old}.{part}"] = ours[f"{new}.{part}"]
    if pooler:
        theirs["pooler.dense.weight"] = torch.randn(width, width)
        theirs["pooler.dense.bias"] = torch.randn(width)
    folder.mkdir(exist_ok=True)
    tensors = {prefix + name: value.to(dtype).contiguous() for name, value in theirs.items()}
    save_file(tensors, folder / "model.safetensors")
    (folder / "config.json").write_text(json.dumps({
        "model_type": "bert",
        "auto_map": {"AutoModel": "elsewhere/code--modeling_bert.JinaBertModel"},  # never fetched
        "position_embedding_type": "alibi",
        "hidden_act": "gelu",
        "feed_forward_type": "geglu",
        "emb_pooler": "mean",
        "type_vocab_size": 2,
        "max_position_embeddings": 8192,
        "layer_norm_eps": 1e-12,
        **{name: getattr(config, name) for name in (
            "vocab_size", "hidden_size", "num_hidden_layers", "num_attention_heads",
            "intermediate_size",
        )},
    }))  # fmt: skip
