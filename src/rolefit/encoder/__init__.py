"""The encoder in torch: architecture, weight layouts, strict loading. Workshop only."""

from rolefit.encoder.config import EncoderConfig
from rolefit.encoder.model import Encoder
from rolefit.encoder.weights import load_encoder, save_encoder

__all__ = ["Encoder", "EncoderConfig", "load_encoder", "save_encoder"]
