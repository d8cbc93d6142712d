"""Renew the tables of `bpssim/docs/two_services.md`: `python experiments/two_services.py`.

Both services run for three years. The text around the tables is written by hand and has to be read again afterwards.
"""

import re
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from marked import filled

import bpssim as bps
from bpssim.outcomes.decisions import REVIEW
from bpssim.studies.run import Run

TEXT = Path(__file__).parents[1] / "bpssim" / "docs" / "two_services.md"
REPLICATES = 40
"""With seeds from 1 on."""
SEED_OF_STORY = {"site1_year2": 1, "site2_year2": 3}
QUARTER = 91
QUARTERS = 12
NEVER = 60
"""A quarter that these runs do not come to."""
Cells = list[list[str]]


def table(heads: list[str], rows: Cells) -> str:
    """Rows as a Markdown table."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def mothers_of(run: Run) -> pd.DataFrame:
    """Mothers with the quarter of birth, and what came of it."""
    mothers = run.mothers
    stopped = mothers.stop_age.astype(float).fillna(np.inf)
    return mothers.assign(
        quarter=mothers.birth_day // QUARTER + 1,
        stopped=stopped,
        reached=mothers.reached_age.notna(),
        fed=mothers.started & (stopped > 42),
    )


def story(run: Run, seed: int) -> str:
    """What was decided in the run of one seed, and on which figures."""
    events = run.decisions
    mine = events[(events.replicate == seed - run.scenario.run.seed) & (events.what != REVIEW)]
    rows = [[f"{each.day / QUARTER:.1f}", each.what, each.why, each.figures] for each in mine.itertuples()]
    return table(["after quarters", "what", "why", "what the service saw"], rows)


def chances(run: Run) -> str:
    """How many runs came to each decision within three years, and when."""
    events = run.decisions
    rows = []
    for what, days in events[events.what != REVIEW].groupby("what").day:
        quarters = (days / QUARTER).to_numpy()
        early, middle, late = (f"{value:.0f}" for value in np.quantile(quarters, [0.1, 0.5, 0.9]))
        first_year = f"{(days <= 4 * QUARTER).sum()} of {REPLICATES}"
        rows.append([str(what), first_year, f"{len(days)} of {REPLICATES}", middle, f"{early} to {late}"])
    return table(["decision", "in four quarters", "in twelve", "quarter (median)", "middle 80 % of these runs"], rows)


def reported(run: Run) -> pd.DataFrame:
    """What the service reports each quarter: one row a replicate and quarter, one column a count."""
    events = run.decisions
    rows = []
    for event in events[events.what == REVIEW].itertuples():
        counts = {name: int(found) for name, found in re.findall(r"(\w+) (\d+) of", event.figures)}
        on_list, spoken = map(int, re.findall(r"(\d+) (?:mothers on the list|spoken with)", event.figures))
        rows.append({"quarter": event.day // QUARTER, **counts, "believed": 100 * spoken / on_list})
    counts = pd.DataFrame(rows)
    return counts[["quarter", *run.scenario.review.counts, "believed"]]


def by_quarter(run: Run) -> str:
    """Reported counts, and what is true of the mothers born in each quarter."""
    counts = reported(run)
    mothers = mothers_of(run)
    heads = ["quarter", *(name.replace("_", " ") for name in counts.columns[1:-1])]
    heads += ["believed reach, %", "reach, quintile 1, %", "quintile 5, %", "age at first support, days"]
    heads += ["breast milk at 6 weeks, quintile 1, %", "quintile 5, %"]
    rows = []
    for quarter in range(1, QUARTERS + 1):
        seen = counts[counts.quarter == quarter].mean()
        born = mothers[mothers.quarter == quarter]
        most, least = (born[born.quintile == quintile] for quintile in (1, 5))
        numbers = [seen.get(name, np.nan) for name in counts.columns[1:]]
        true = [100 * group[what].mean() for what in ("reached", "fed") for group in (most, least)]
        whole = [f"{number:.0f}" for number in [*numbers, *true[:2]]]
        rows.append(
            [str(quarter), *whole, f"{born.first_contact_age.mean():.1f}", *(f"{each:.0f}" for each in true[2:])]
        )
    return table(heads, [["-" if cell == "nan" else cell for cell in row] for row in rows])


def with_mothers(run: Run) -> pd.DataFrame:
    """Contacts with support, with who the mother is; those of mothers born outside the window are left out."""
    contacts = run.contacts
    contacts = contacts[contacts.counted & (contacts.outcome == "supported")]
    about = run.mothers[["replicate", "id", "quintile", "age_years"]].rename(columns={"id": "mother"})
    return contacts.merge(about, on=["replicate", "mother"])


def opened(run: Run, what: str) -> pd.Series:
    """Day of a decision, for each replicate that came to it."""
    events = run.decisions
    return events[events.what == what].set_index("replicate").day


def texts(late: Run, early: Run) -> str:
    """Who has stopped before a text to all, and who acts on it, where it comes late and where it comes early."""
    rows = []
    for run, pathway, age in ((late, "text_2_3_weeks", 17), (early, "text_day_4", 4)):
        mothers, contacts = mothers_of(run), with_mothers(run)
        opening = mothers.replicate.map(opened(run, f"opened {pathway}"))
        born = mothers[mothers.started & (mothers.birth_day + age >= opening)]
        acted = contacts[contacts.pathway == pathway]
        for quintile in range(1, 6):
            group = born[born.quintile == quintile]
            done = (acted.quintile == quintile).sum() / len(group)
            rows.append([pathway, str(quintile), f"{100 * (group.stopped <= age).mean():.0f}", f"{1000 * done:.0f}"])
    return table(["text", "quintile", "stopped before it, % of those who started", "acted, of 1,000 who started"], rows)


def changed(run: Run, path: str, value: Any) -> Run:
    """The same mothers where one input of the review is another."""
    return bps.run(run.scenario.with_(f"review.{path}", value), workers=2)


def after(run: Run, other: Run, what: str) -> list[pd.DataFrame]:
    """Mothers born once a decision of the first run was taken, as they fare in each of two runs."""
    days = opened(run, what)
    both = [mothers_of(each) for each in (run, other)]
    return [mothers[mothers.birth_day >= mothers.replicate.map(days)] for mothers in both]


def young(run: Run) -> str:
    """Mothers under 20 who start to breastfeed once their pathway is open, and the same mothers without it."""
    heads = ["the same mothers under 20 who start", "reached, %", "contacts each", "breast milk at 6 weeks, %"]
    groups = after(run, changed(run, "policies.young_mothers.when.review", NEVER), "opened young_mothers")
    rows = []
    for name, mothers in zip(("with the pathway", "without it"), groups, strict=True):
        group = mothers[(mothers.age_years < 20) & mothers.started]
        shares = f"{100 * group.reached.mean():.0f}", f"{group.contacts.mean():.1f}", f"{100 * group.fed.mean():.0f}"
        rows.append([name, *shares])
    return table(heads, rows)


def hospital(run: Run) -> str:
    """Who signs up in hospital while it is for target women alone, and when it is for everyone."""
    contacts = with_mothers(run)
    contacts = contacts[contacts.pathway == "hospital_sign_up"]
    first, wider = opened(run, "opened hospital_sign_up"), opened(run, "opened hospital_sign_up to everyone")
    widened = contacts.replicate.map(wider)
    end = QUARTER * QUARTERS
    days = {"target areas alone": (wider - first).sum(), "whole city": (end - wider).sum()}
    before, later = contacts.day < widened, (contacts.day >= widened) & (contacts.day < end)
    rows = []
    for name, among in (("target areas alone", before), ("whole city", later)):
        quarters, group = days[name] / QUARTER, contacts[among].quintile
        numbers = [len(group), (group <= 3).sum(), (group == 1).sum()]
        rows.append([name, *(f"{number / quarters:.1f}" for number in numbers), f"{100 * (group == 1).mean():.0f}"])
    heads = ["hospital sign-up is for", "sign-ups a quarter", "of them quintiles 1 to 3", "quintile 1"]
    return table([*heads, "share of quintile 1, %"], rows)


def compared(names: tuple[str, str], groups: list[pd.DataFrame]) -> str:
    """The same mothers with a change and without it."""
    heads = ["the same mothers", "reached, %", "quintile 1, %", "quintile 5, %", "contact in pregnancy, %"]
    rows = []
    for name, mothers in zip(names, groups, strict=True):
        reached = [mothers.reached.mean(), *(mothers[mothers.quintile == q].reached.mean() for q in (1, 5))]
        first = mothers.first_contact_age.dropna()
        fed = [f"{100 * mothers[mothers.quintile == q].fed.mean():.1f}" for q in (1, 5)]
        shares = [f"{100 * share:.0f}" for share in (*reached, mothers.contact_in_pregnancy.mean())]
        rows.append([name, *shares, f"{first.mean():.1f}", *fed])
    return table([*heads, "age at first support, days", "breast milk at 6 weeks, quintile 1, %", "quintile 5, %"], rows)


def preventive(*runs: Run) -> str:
    """How much support comes where there is no difficulty, and how: after the birth, over all replicates."""
    rows = []
    for run in runs:
        contacts = with_mothers(run)
        contacts = contacts[contacts.baby_age >= 0]
        none = contacts.difficulty.isna()
        face_to_face = contacts.channel.isin(["ward", "home_visit", "clinic", "group"])
        early = none & (contacts.baby_age < 14) & contacts.channel.isin(["ward", "home_visit", "call"])
        visits = (contacts.channel == "home_visit").mean()
        shares = none.mean(), early.mean(), face_to_face.mean(), visits
        births = len(run.mothers)
        rows.append([run.scenario.name, f"{len(contacts) / births:.2f}", *(f"{100 * share:.0f}" for share in shares)])
    heads = [
        "service",
        "contacts a birth",
        "no difficulty at the time, %",
        "no difficulty, in the first two weeks, by ward, call or visit, %",
        "face to face, %",
    ]
    return table([*heads, "home visits, %"], rows)


def overall(*runs: Run) -> str:
    """Three years together, by quintile."""
    metrics = {"reach_day7": 100.0, "reach_ever": 100.0, "any_6w": 100.0, "minutes_per_birth": 1.0}
    names = ["reached by day 7, %", "reached ever, %", "breast milk at 6 weeks, %", "minutes a birth"]
    rows = []
    for run in runs:
        values = run.summary.set_index(["metric", "quintile"]).value
        for (metric, factor), name in zip(metrics.items(), names, strict=True):
            cells = [f"{factor * values[metric, group]:.0f}" for group in ("1", "2", "3", "4", "5", "all")]
            rows.append([run.scenario.name, name, *cells])
    return table(["service", "three years", "1 most deprived", "2", "3", "4", "5 least", "all"], rows)


def main() -> None:
    """Run both services and renew the tables."""
    site_1, site_2 = (bps.run(bps.load(name), seed=1, replicates=REPLICATES, workers=2) for name in SEED_OF_STORY)
    tables = {"overall": overall(site_1, site_2), "preventive": preventive(site_1, site_2)}
    for name, run in (("site1", site_1), ("site2", site_2)):
        tables[f"{name}_story"] = story(run, SEED_OF_STORY[run.scenario.name])
        tables[f"{name}_chances"] = chances(run)
    text = "policies.text_to_all"
    tables["site1_texts"] = texts(
        changed(site_1, f"{text}.fitting", []), changed(site_1, f"{text}.opens", ["text_day_4"])
    )
    tables |= {"site1_quarters": by_quarter(site_1), "site1_young": young(site_1)}
    no_talks = changed(site_2, "agreement.monthly_success", 0)
    tables |= {"site2_quarters": by_quarter(no_talks), "site2_hospital": hospital(no_talks)}
    no_clinics = changed(no_talks, "policies.piggy_back.when.review", NEVER)
    clinics = after(no_talks, no_clinics, "opened saturday_clinic; opened weigh_in_clinic")
    tables["site2_clinics"] = compared(("with the clinics", "without them"), clinics)
    agreed = after(site_2, no_talks, "opened midwife_sign_up")
    tables["site2_agreement"] = compared(("with the agreement", "without it"), agreed)
    parts = {f"table {name}": content for name, content in tables.items()}
    TEXT.write_text(filled(TEXT.read_text(encoding="utf-8"), parts), encoding="utf-8")


if __name__ == "__main__":
    main()
