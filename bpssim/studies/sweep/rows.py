"""The rows of a sweep: one for each point, seed, metric and quintile, as Parquet."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from bpssim.outcomes.metrics import METRICS, Summary
from bpssim.statistics.groups import ALL, GROUPS

_WORDS = pa.dictionary(pa.int32(), pa.string())
SCHEMA = pa.schema(
    [
        pa.field("point", _WORDS, metadata={"description": "Key of the point, as in points.csv"}),
        pa.field("scenario", _WORDS, metadata={"description": "Name of the scenario"}),
        pa.field("seed", pa.int64(), metadata={"description": "Seed of the replicate; all points have the same seeds"}),
        pa.field("metric", _WORDS, metadata={"description": "Metric, as in metrics.csv"}),
        pa.field("quintile", _WORDS, metadata={"description": "1 (most deprived) to 5, or all"}),
        pa.field("value", pa.float64(), metadata={"description": "Value; missing where undefined"}),
    ]
)


class Kept(NamedTuple):
    """Metrics that a sweep keeps, in the groups in which they are defined.

    Parameters
    ----------
    cells
        Metric and number of the group, in the order of rows.
    """

    cells: tuple[tuple[str, int], ...]

    @property
    def metrics(self) -> tuple[str, ...]:
        """Ids of the metrics, in order."""
        return tuple(dict.fromkeys(metric for metric, _ in self.cells))


def kept_metrics(outcomes: Sequence[str]) -> Kept:
    """Metrics to keep: those named, births, and those from which named ones follow; all if none is named.

    A quotient over several seeds is the quotient of the means, so its parts are needed too.
    """
    wanted = {"births", *(part for name in outcomes or METRICS for part in (*_parts_of(name), name))}
    return Kept(
        tuple(
            (name, group)
            for name, metric in METRICS.items()
            if name in wanted
            for group in (range(len(GROUPS)) if metric.by_quintile else (ALL,))
        )
    )


class _Asked(dict[str, Any]):
    """Remembers which of its entries were asked for; all are 1."""

    def __missing__(self, key: str) -> Any:
        self[key] = np.ones(len(GROUPS))
        return self[key]


def _parts_of(metric: str) -> list[str]:
    of = METRICS[metric].of
    if of is None:
        return []
    asked = _Asked()
    of(asked)
    return list(asked)


def as_parquet(point: str, scenario: str, seeds: range, summaries: Sequence[Summary], kept: Kept) -> bytes:
    """The rows of one point as a Parquet file.

    Parameters
    ----------
    point, scenario
        Key of the point, and name of its scenario.
    seeds, summaries
        Seeds, and the summary of each.
    kept
        From `kept_metrics`.
    """
    values = np.array([[summary[metric][group] for metric, group in kept.cells] for summary in summaries])
    rows = len(kept.cells)
    metrics = {name: number for number, name in enumerate(kept.metrics)}
    columns = [
        _repeated(point, values.size),
        _repeated(scenario, values.size),
        pa.array(np.repeat(np.arange(seeds.start, seeds.stop, dtype=np.int64), rows)),
        _coded([metrics[metric] for metric, _ in kept.cells], list(metrics), len(seeds)),
        _coded([group for _, group in kept.cells], list(GROUPS), len(seeds)),
        pa.array(values.ravel(), mask=np.isnan(values.ravel())),
    ]
    sink = pa.BufferOutputStream()
    pq.write_table(pa.Table.from_arrays(columns, schema=SCHEMA), sink, compression="zstd")
    return bytes(sink.getvalue())


def _repeated(word: str, times: int) -> Any:
    return pa.DictionaryArray.from_arrays(pa.array(np.zeros(times, np.int32)), pa.array([word]))


def _coded(codes: Sequence[int], words: list[str], times: int) -> Any:
    return pa.DictionaryArray.from_arrays(pa.array(np.tile(np.array(codes, np.int32), times)), pa.array(words))
