"""A token's vector computed once per batch: running text repeats two words in three.

What belongs here: a layer for the shipped model that gives the same vectors, bit for bit, with
less work. What does not: loading the model (model) and its architecture (training/config.cfg).

The embedding of a token depends on its four features alone, not on its neighbours, and BLIS
computes a row alike whatever other rows stand in the batch.
"""

from typing import Any

import numpy as np
import numpy.typing as npt
from thinc.api import Model

# An odd constant that spreads bits (2^64 over the golden ratio).
_SPREAD = np.uint64(0x9E3779B97F4A7C15)
_HASHED, _MIXED = 2, 3


def reuse_embeddings(tok2vec: Model[Any, Any]) -> None:
    """Change a loaded ``spacy.Tok2Vec.v2`` with ``MultiHashEmbed.v2``, for prediction only.

    Its embedding is extract_features, list2ragged, the hashed tables, the layer that mixes
    them, ragged2list; tables and mixing go into one layer that looks at distinct rows only.
    """
    embed = tok2vec.layers[0]
    hashed, mixed = embed.layers[_HASHED], embed.layers[_MIXED]
    reuse: Model[Any, Any] = Model("embedding_reuse", _forward, layers=[hashed, mixed])
    embed.layers[_HASHED : _MIXED + 1] = [reuse]


def _forward(model: Model[Any, Any], rows: Any, is_train: bool) -> tuple[Any, Any]:
    """``rows`` is a ``thinc.types.Ragged`` of a batch's features; so is what comes out."""
    hashed, mixed = model.layers
    ragged = type(rows)
    first, inverse = distinct_rows(rows.dataXd)
    lengths = np.asarray([len(first)], dtype="int32")
    vectors = mixed.predict(hashed.predict(ragged(rows.dataXd[first], lengths)))
    return ragged(vectors.dataXd[inverse], rows.lengths), _no_training


def distinct_rows(
    rows: npt.NDArray[np.uint64],
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Where each distinct row stands first, and for each row which of these it equals."""
    keys = rows[:, 0].copy()
    for column in range(1, rows.shape[1]):
        keys = keys * _SPREAD + rows[:, column]
    _, first, inverse = np.unique(keys, return_index=True, return_inverse=True)
    if np.array_equal(rows[first[inverse]], rows):
        return first, inverse
    whole = np.arange(len(rows))  # two different rows with one key
    return whole, whole


def _no_training(_: Any) -> Any:
    raise NotImplementedError("this layer is for prediction")
