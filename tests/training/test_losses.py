"""Loss terms and measures: right on cases that can be worked out by hand."""

import math

import numpy as np
import pytest
import torch
from sentence_transformers.sentence_transformer.losses import CoSENTLoss

from rolefit.training.losses import (
    LossWeights,
    contrast,
    cosent,
    grid_loss,
    hard,
    listwise,
    measures,
    mse,
)

pytestmark = pytest.mark.slow

SCORES = torch.tensor([[100.0, 0.0], [50.0, 20.0], [0.0, 80.0]])
ONES = torch.ones(3, 2)
LINE = torch.tensor([1.0, 0.0])


def test_the_recipe_is_the_mean_squared_error_of_the_cosine():
    cosines = SCORES / 100 + 0.1
    loss, terms = grid_loss(cosines, SCORES, ONES, LINE, LossWeights())
    assert loss.item() == pytest.approx(0.01)
    assert terms == {"mse": pytest.approx(0.01)}


def test_pairs_without_a_score_change_no_term():
    torch.manual_seed(0)
    cosines = torch.rand(3, 2)
    terms = LossWeights(mse=1, affine=1, cosent=1, listwise=1, high_scores=2)
    loss, _ = grid_loss(cosines, SCORES, ONES, LINE, terms)
    more = torch.cat([SCORES, torch.full((2, 2), math.nan)])
    weights = torch.cat([ONES, torch.zeros(2, 2)])
    cosines = torch.cat([cosines, torch.rand(2, 2)]).requires_grad_()
    padded, _ = grid_loss(cosines, more, weights, LINE, terms)
    assert padded.item() == pytest.approx(loss.item(), rel=1e-5)
    padded.backward()
    assert torch.isfinite(cosines.grad).all()
    assert not cosines.grad[3:].any()


def test_rare_high_scores_can_count_more():
    cosines = torch.zeros(1, 2)
    scores = torch.tensor([[100.0, 0.0]])
    plain, _ = grid_loss(cosines, scores, torch.ones(1, 2), LINE, LossWeights())
    heavy, _ = grid_loss(cosines, scores, torch.ones(1, 2), LINE, LossWeights(high_scores=2))
    assert plain.item() == pytest.approx(1 / 2)
    assert heavy.item() == pytest.approx(3 / 4)


def test_the_poor_pairs_that_look_best_can_count_more():
    cosines = torch.tensor([[0.9, 0.1], [0.2, 0.3], [0.8, 0.7]])
    scores = torch.tensor([[10.0, 5.0], [20.0, 90.0], [25.0, 0.0]])
    known = torch.tensor([[True, True], [True, True], [True, False]])
    assert hard(cosines, scores, known).tolist() == [[1, 0], [0, 0], [0, 0]]
    assert not hard(cosines, scores + 26, known).any()
    terms = LossWeights(hard_negatives=3)
    loss, _ = grid_loss(cosines, scores, known.float(), torch.tensor([1.0, 0.0]), terms)
    plain, _ = grid_loss(cosines, scores, known.float(), torch.tensor([1.0, 0.0]), LossWeights())
    assert loss > plain


def test_names_are_apart_by_how_far_each_is_from_its_own():
    unit = torch.nn.functional.normalize(torch.randn(8, 16), dim=-1)
    assert contrast(unit, unit) < contrast(unit, unit.flip(0))


def test_the_learned_line_frees_the_cosine_from_the_score():
    cosines = 0.5 + 0.2 * SCORES / 100
    line = torch.tensor([5.0, -2.5])
    loss, _ = grid_loss(cosines, SCORES, ONES, line, LossWeights(mse=0, affine=1))
    assert loss.item() == pytest.approx(0, abs=1e-10)


def test_ranking_the_combination_sharpens_its_scale_and_not_only_the_combination():
    combined = (SCORES / 100).requires_grad_()
    sharpness = torch.tensor(5.0, requires_grad=True)
    terms = LossWeights(combined=1, combined_ranking=1)
    loss, values = grid_loss(SCORES / 100, SCORES, ONES, LINE, terms, combined, sharpness)
    assert values["combined mse"] == pytest.approx(0)
    assert loss.item() == pytest.approx(values["combined cosent"] + values["combined listwise"])
    loss.backward()
    assert sharpness.grad < 0  # in the right order already: the sharper, the lower the loss


def test_cosent_equals_that_of_sentence_transformers():
    torch.manual_seed(1)
    cosines, scores = torch.rand(12) * 2 - 1, torch.randint(0, 5, (12,)).float() * 20
    theirs = CoSENTLoss(model=None, similarity_fct=lambda a, b: cosines)
    expected = theirs.compute_loss_from_embeddings([cosines, cosines], scores)
    assert cosent(cosines, scores, torch.ones(12)).item() == pytest.approx(expected.item())


def test_cosent_is_lower_in_the_right_order():
    scores = torch.tensor([10.0, 50.0, 90.0])
    right, wrong = torch.tensor([0.1, 0.5, 0.9]), torch.tensor([0.9, 0.5, 0.1])
    assert cosent(right, scores, torch.ones(3)) < cosent(wrong, scores, torch.ones(3))


def test_listwise_is_zero_when_the_softmax_of_the_cosines_is_the_gains():
    gains = 2 ** (SCORES / 20) - 1
    cosines = (gains / gains.sum(dim=0)).clamp_min(1e-9).log() / 20
    assert listwise(cosines, SCORES, ONES).item() == pytest.approx(0, abs=1e-6)
    assert listwise(torch.zeros(3, 2), SCORES, ONES) > 0.1


def test_listwise_is_harmless_where_no_job_says_anything():
    cosines = torch.rand(3, 2, requires_grad=True)
    loss = listwise(cosines, torch.zeros(3, 2), ONES)
    loss.backward()
    assert loss.item() == 0
    assert not cosines.grad.any()


def test_weights_scale_a_pairs_share_of_the_mse():
    weights = torch.tensor([[1.0, 0.25]])
    assert mse(torch.tensor([[0.0, 1.0]]), torch.tensor([[0.0, 0.0]]), weights).item() == (
        pytest.approx(0.2)
    )


def test_measures_are_perfect_for_any_rising_line():
    scores = np.array([0.0, 30, 60, 90, 10, 20])
    found = measures(0.3 + scores / 400, scores, np.array([0, 0, 0, 0, 1, 1]))
    assert found == {
        "pearson": pytest.approx(1),
        "spearman": pytest.approx(1),
        "within_job": pytest.approx(1),
        "rmse": pytest.approx(0, abs=1e-5),
        "ndcg10": pytest.approx(1),
    }


def test_ndcg_counts_the_first_ten_with_exponential_gains():
    scores = np.array([100.0, 0.0])
    found = measures(np.array([0.1, 0.2]), scores, np.array([0, 0]))
    assert found["ndcg10"] == pytest.approx(1 / math.log2(3))
    assert found["within_job"] == pytest.approx(-1)


def test_measures_of_cosines_that_are_all_the_same_are_no_numbers_or_nothing():
    found = measures(np.ones(4), np.array([0.0, 10, 20, 30]), np.array([0, 0, 1, 1]))
    assert math.isnan(found["pearson"])
    assert found["within_job"] == 0
    assert found["rmse"] == pytest.approx(np.std([0, 10, 20, 30]))
