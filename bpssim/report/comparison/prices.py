"""Cost of an alternative, and cost per additional mother where everything is priced and the difference is clear."""

from collections.abc import Iterator

from bpssim.report.comparison.view import Alternative, ComparisonView
from bpssim.report.formatting import Amount, between, differs, size_in_words, with_limits

FIXED = (
    "Paid hours cost the same whether they are worked or not, so more minutes worked by the same paid team cost "
    "nothing but travel."
)
"""How to read a difference in cost between scenarios with the same paid hours."""


def cost_in_words(view: ComparisonView, alternative: Alternative) -> Iterator[str]:
    """Incremental cost, and cost per additional mother where it is defined."""
    extra = alternative.extra_cost
    both = (each for each in view.results.scenarios if each.name in (view.base.name, alternative.name))
    stated = {each.costs.other_per_year for each in both}
    what = "The team's time and travel cost" if len(stated) == 1 else "It costs"
    size = f"{size_in_words(extra)} {'more' if extra.value > 0.0 else 'less'}" if extra.value else "the same"
    if not extra.has_limits or (extra.value == 0.0 and extra.upper == extra.lower):
        cost = f"{what} {size} in {view.pairs}"
    elif differs(extra) or extra.upper == extra.lower:
        cost = f"{what} {size}"
    else:
        runs = "These draws" if alternative.is_over_draws("cost_total") else "These runs"
        cost = f"{runs} cannot tell whether it costs more or less: between {between(extra, 'less', 'more')}"
    price = price_of(alternative)
    if price:
        yield f"{cost}, which is {with_limits(price).replace(' a mother', '')} per additional mother"
        return
    yield f"{cost}; no price per additional mother: {why_no_price(alternative)}"
    if alternative.cost.not_priced:
        yield f"Not priced (costs.other_per_year): {alternative.cost.not_priced}"


def price_of(alternative: Alternative) -> Amount | None:
    """Cost per additional mother; ``None`` unless clearly more mothers come at clearly more cost, all priced."""
    row = alternative.cost
    price = Amount(row.cost_per_additional_6w, row.lower, row.upper, "GBP per mother")
    clear = differs(alternative.extra_mothers("all")) and differs(alternative.extra_cost)
    return price if row.quadrant == "icer" and price.has_limits and clear and not row.not_priced else None


def why_no_price(alternative: Alternative) -> str:
    """Why there is no cost per additional mother."""
    extra, row = alternative.extra_mothers("all"), alternative.cost
    if not extra.has_limits:
        return "one pair of runs cannot tell whether there are more"
    if not differs(extra):
        return "more or fewer mothers could not be distinguished from chance"
    if extra.value < 0.0:
        saved = Amount(row.cost_per_additional_6w, row.lower, row.upper, "GBP per mother")
        less = (
            f"; {with_limits(saved).replace(' a mother', '')} is saved for each mother fewer"
            if row.quadrant == "icer_sw" and saved.has_limits and not row.not_priced
            else ""
        )
        return f"there are fewer{less}"
    if row.not_priced:
        return "part of what the change costs is not known"
    if not differs(alternative.extra_cost):
        return "more or less cost could not be distinguished from chance"
    return "more mothers come at no more cost"
