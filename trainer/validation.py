"""What is measured on the validation photos after every epoch."""

import torch
from torch import Tensor
from torch.nn import functional

from trainer.loss import targets_of
from trainer.metrics import NONE, Ints, first_guess, mu_ap, recall_at_precision, top_k_accuracy


@torch.inference_mode()
def validation_scores(logits: Tensor, truth: Ints, landmarks: int) -> dict[str, float]:
    """Return the metrics of validation logits ``[N, K]``. Best is decided by ``val_mu_ap``, because it counts right
    answers and the silence on photos without a landmark together."""
    loss = float(functional.cross_entropy(logits, targets_of(truth, landmarks, logits.shape[1])))
    probabilities = torch.softmax(logits, dim=1)[:, :landmarks].numpy()
    guess, confidence = first_guess(probabilities)
    right = guess == truth
    shown = int((truth != NONE).sum())
    return {
        "val_loss": loss,
        "val_top1": top_k_accuracy(probabilities, truth, 1),
        "val_top5": top_k_accuracy(probabilities, truth, 5),
        "val_mu_ap": mu_ap(confidence, right, shown),
        "val_recall_at_99": recall_at_precision(confidence, right, shown),
    }
