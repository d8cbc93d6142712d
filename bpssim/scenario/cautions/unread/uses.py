"""What a scenario uses, as far as it determines which inputs are read."""

from dataclasses import dataclass
from functools import cached_property

from bpssim.scenario.access import (
    GateProbability,
    depends_on_circumstances,
    is_certain,
    shared_effects,
)
from bpssim.scenario.cautions.unread.pathway_uses import (
    calls_her,
    depends_on_supply,
    differs_by_area,
    gates_read,
    is_referred,
    keeps_supporter,
    may_have_met,
    steps_after_birth,
)
from bpssim.scenario.pathways import Pathway
from bpssim.scenario.review import Policy
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.team import Supporters
from bpssim.scenario.words import (
    DATES,
    Band,
    Channel,
    Initiative,
    Item,
    Profession,
    Source,
    Style,
    Task,
    Trigger,
)


@dataclass(frozen=True)
class Uses:
    """What a scenario uses; false, empty or 0 means unused."""

    scenario: Scenario

    @cached_property
    def pathways(self) -> dict[str, Pathway]:
        """Pathways that run or may start, excluding those that must be offered and are not."""
        active = self.scenario.active_pathways()
        offered = {offer.pathway for pathway in active.values() for offer in pathway.offers}
        return {name: p for name, p in active.items() if not p.opens.on.kind.by_pathway or name in offered}

    def may_miss(self, pathway: Pathway) -> bool:
        """Whether an attempt may fail to reach her: she does not answer, is in hospital, or the number is wrong."""
        connects = gates_read(pathway).get("connects")
        visits = any(step.channel is Channel.HOME_VISIT for step in pathway.steps)
        wrong = calls_her(pathway) and self.numbers_passed_on
        return connects is not None and (wrong or visits or not is_certain(connects))

    # ---- ways of contact

    @cached_property
    def channels(self) -> set[Channel]:
        """Channels of some pathway."""
        return {step.channel for pathway in self.pathways.values() for step in pathway.steps}

    @cached_property
    def channels_after_birth(self) -> set[Channel]:
        """Channels of some pathway after the birth."""
        return {step.channel for pathway in self.pathways.values() for step in steps_after_birth(pathway)}

    @cached_property
    def early_channels(self) -> set[Channel]:
        """Channels by which the service makes a first move early enough after the birth to prevent problems."""
        late = self.scenario.support.late_start_age
        return {
            step.channel
            for pathway in self.pathways.values()
            for step in steps_after_birth(pathway)
            if pathway.initiative is Initiative.SERVICE and max(pathway.opens.from_age, 0) + step.day < late
        }

    @cached_property
    def channels_before_birth(self) -> set[Channel]:
        """Channels of some pathway that may have contacts in pregnancy."""
        return {
            step.channel
            for pathway in self.pathways.values()
            for step in pathway.steps
            if pathway.opens.on is Trigger.BOOKING or pathway.opens.from_age + step.day < 0
        }

    @property
    def prompts(self) -> bool:
        """Whether some contact in pregnancy can move starting."""
        return not self.channels_before_birth.isdisjoint(self.scenario.support.starting_channels)

    @property
    def prevents(self) -> bool:
        """Whether one of these channels can prevent problems."""
        return not self.early_channels.isdisjoint(self.scenario.support.preventive_channels)

    @property
    def resolves(self) -> bool:
        """Whether some contact may resolve a problem."""
        return any(self.scenario.support.resolves.get(channel) for channel in self.channels_after_birth)

    @property
    def doses(self) -> bool:
        """Whether some proactive contact is early enough to encourage."""
        return any(self.scenario.support.encouragement_dose.get(channel) for channel in self.early_channels)

    @property
    def encourages(self) -> bool:
        """Whether some contact does encourage."""
        return self.doses and self.scenario.support.encouragement > 0.0

    @property
    def travels(self) -> bool:
        """Whether some contact has a journey."""
        minutes = (step.minutes for pathway in self.pathways.values() for step in pathway.steps)
        return any(each.travel or each.travel_rural for each in minutes)

    # ---- access and data

    @cached_property
    def gates(self) -> list[GateProbability]:
        """Gates that are asked for."""
        access = self.scenario.access
        gates = [gate for pathway in self.pathways.values() for gate in gates_read(pathway).values()]
        return [*gates, *[access.aware] * self.awareness, *[access.gives_data] * self.asks]

    @property
    def area(self) -> bool:
        """Whether some gate may have a residual by area."""
        return any(map(differs_by_area, self.gates))

    @cached_property
    def circumstances(self) -> set[str]:
        """Effects on all gates that some gate asks for."""
        found = {name for gate in filter(depends_on_circumstances, self.gates) for name in shared_effects(gate)}
        met = (gate for p in self.pathways.values() for gate in may_have_met(p, len(self.pathways) == 1))
        found |= {"met_before"} if any(map(depends_on_circumstances, met)) else set()
        return found | ({"twice_the_places"} if self.supply else set())

    @property
    def supply(self) -> bool:
        """Whether it matters how many places groups have."""
        return any(map(depends_on_supply, self.pathways.values()))

    @property
    def uncertain_attempts(self) -> bool:
        """Whether some attempt may go unanswered."""
        gates = (gates_read(pathway).get("connects") for pathway in self.pathways.values())
        return any(gate is not None and not is_certain(gate) for gate in gates)

    @property
    def numbers_passed_on(self) -> bool:
        """Whether a feed passes telephone numbers on, which may be wrong; those that she gave are right."""
        return any(Item.PHONE in feed.items for feed in self.scenario.all_feeds().values())

    @property
    def wrong_numbers(self) -> bool:
        """Whether some pathway calls or texts a number that was passed on."""
        return self.numbers_passed_on and any(map(calls_her, self.pathways.values()))

    @property
    def asks(self) -> bool:
        """Whether some pathway asks for items."""
        return any(pathway.asks or pathway.asks_first for pathway in self.pathways.values())

    @property
    def help_seeking(self) -> bool:
        """Whether some pathway opens when she seeks help with a difficulty."""
        return any(pathway.opens.on.kind.by_difficulty for pathway in self.pathways.values())

    def _opens_on(self, *triggers: Trigger) -> bool:
        return any(pathway.opens.on in triggers for pathway in self.pathways.values())

    @property
    def discharge(self) -> bool:
        """Whether it matters when mother and baby go home."""
        told = any(feed.source is not Source.BOOKING for feed in self.scenario.all_feeds().values())
        visited = Channel.HOME_VISIT in self.channels  # not before
        return told or visited or self._opens_on(Trigger.NEONATAL_STAY, Trigger.DISCHARGE)

    @property
    def due_date(self) -> bool:
        """Whether some pathway opens by the due date."""
        return self._opens_on(Trigger.DUE_DATE)

    @property
    def contact_in_pregnancy(self) -> bool:
        """Whether some pathway may meet her before the birth."""
        openings = [pathway.opens for pathway in self.pathways.values()]
        return any(opens.on.kind.before_birth or min([opens.from_age, *opens.at_ages]) < 0 for opens in openings)

    @property
    def hospital(self) -> bool:
        """Whether it matters how long she is in hospital."""
        return self.discharge or self._opens_on(Trigger.WARD_STAY)

    @cached_property
    def passed_on(self) -> set[Item]:
        """Items that may become known from a feed, from a referral or by asking."""
        feeds = (feed.items for feed in self.scenario.all_feeds().values())
        told = (items for p in self.pathways.values() for items in (p.learns, p.asks, p.asks_first))
        arranged = {Item.ADDRESS} if Channel.HOME_VISIT in self.channels else set()
        return arranged | {item for items in (*feeds, *told) for item in items}

    @cached_property
    def awareness(self) -> bool:
        """Whether a mother's awareness of the service matters."""
        return any(pathway.needs_awareness for pathway in self.pathways.values())

    # ---- professionals

    @cached_property
    def professions(self) -> set[Profession]:
        """Professional teams whose awareness of the service matters."""
        found = {pathway.opens.profession for pathway in self.pathways.values() if is_referred(pathway)}
        signposted = self.awareness and self.scenario.professionals.signposts > 0.0
        return found | ({Profession.MIDWIFERY} if signposted else set())

    @property
    def forgetting(self) -> bool:
        """Whether some team's awareness is, or may come to be, above its unprompted level."""
        known = self.scenario.professionals
        above = any(getattr(known, profession.word) != known.unprompted for profession in self.professions)
        return above or (bool(self.professions) and self.has_duty(Task.PROFESSIONALS))

    def always_know(self, profession: Profession) -> bool:
        """Whether professionals are fully aware of the service throughout the run."""
        known, review = self.scenario.professionals, self.scenario.review
        fades = known.half_life_days is not None and known.unprompted < 1.0
        return getattr(known, profession.word) == 1.0 and not fades and not (review.active and review.retender)

    # ---- mothers to whom the service gives more

    @property
    def target_is_named(self) -> bool:
        """Whether there is a target group to which the service gives more."""
        objectives = self.scenario.objectives
        return objectives.style is Style.BY_TARGET and bool(objectives.target.any_of)

    @property
    def gives_more_by_need(self) -> bool:
        """Whether the service gives more to mothers who speak of a difficulty."""
        return self.scenario.objectives.style is Style.BY_NEED and Item.DIFFICULTY in self.passed_on

    @property
    def gives_more(self) -> bool:
        """Whether the service gives more to some mothers than to others."""
        return self.gives_more_by_need or (self.target_is_named and self.follows_target)

    @property
    def difficulty_decides(self) -> bool:
        """Whether anything depends on a difficulty of which she has spoken."""
        return self.gives_more_by_need or Item.DIFFICULTY in self.items_beyond_target

    @cached_property
    def follows_target(self) -> bool:
        """Whether any supporter with hours follows the target group, if only in part."""
        return any(kind.ethos < 1.0 for kind in self.supporters if kind.weekly_hours > 0.0)

    @cached_property
    def keeps_more_for_target(self) -> bool:
        """Whether attempts or offers, not only priority in the queue, are reserved for the target group."""
        pathways = self.pathways.values()
        tries_more = any(self.may_miss(pathway) and pathway.attempts.extra for pathway in pathways)
        offered = any(offer.extra and offer.pathway in self.pathways for p in pathways for offer in p.offers)
        return self.target_is_named and (tries_more or offered)

    @cached_property
    def ethos(self) -> bool:
        """Whether supporters' ethos matters."""
        weights = [self.scenario.objectives.target_weight, *(policy.target_weight or 1.0 for policy in self.policies)]
        goes_first = self.target_is_named and bool(self.pathways) and max(weights) > 1.0
        return goes_first or self.keeps_more_for_target

    @cached_property
    def items_beyond_target(self) -> set[Item]:
        """Items that something other than the target group depends on."""
        pathways, review = self.pathways.values(), self.scenario.review
        audiences = [
            *(p.audience for p in pathways),
            *(offer.audience for p in pathways for offer in p.offers),
            *(step.audience for p in pathways for step in p.steps),
            *(policy.when.losing for policy in self.policies if policy.when.losing),
            *(count.audience for count in review.counts.values() if review.active),
        ]
        tested = (condition.item for audience in audiences for condition in audience.conditions())
        asked = {item for item in tested if item is not None}
        needed = {item for pathway in pathways for item in (*pathway.needs, pathway.dated_by) if item is not None}
        gap = {Item.QUINTILE} if self.monitoring and review.monitoring else set()
        best = {Item.BEST_TIME} if self.has_evenings else set()
        always = {Item.NAME, Item.PHONE, Item.ADDRESS, Item.FEEDING, Item.LANGUAGE, *DATES}
        return asked | needed | gap | best | always

    # ---- the team

    @property
    def supporters(self) -> list[Supporters]:
        """Kinds of supporters."""
        return list(self.scenario.team.supporters.values())

    def has_duty(self, task: Task) -> bool:
        """Whether the team has a duty of a kind."""
        return any(duty.task is task for duty in self.scenario.team.duties.values())

    @property
    def has_evenings(self) -> bool:
        """Whether anybody works in the evening."""
        return any(sum(kind.evening_hours.values()) > 0.0 for kind in self.supporters)

    @property
    def works_in_evening(self) -> bool:
        """Whether some work is for the evening, or may be if it suits a mother best."""
        duties = self.scenario.team.duties.values()
        in_evening = [pathway.band for pathway in self.pathways.values() if pathway.session is None]
        return Band.EVENING in (*in_evening, *(duty.band for duty in duties)) or Item.BEST_TIME in self.passed_on

    @property
    def plans(self) -> bool:
        """Whether any pathway is a plan of several steps."""
        return any(pathway.is_plan for pathway in self.pathways.values())

    @property
    def has_offers(self) -> bool:
        """Whether any pathway that runs offers another that runs."""
        return any(offer.pathway in self.pathways for pathway in self.pathways.values() for offer in pathway.offers)

    @property
    def knowledge(self) -> bool:
        """Whether some support depends on context knowledge."""
        return self.scenario.learning.active and bool(self.pathways)

    @property
    def shared_knowledge(self) -> bool:
        """Whether the context tool could share knowledge."""
        return self.knowledge and self.has_duty(Task.SUPERVISION)

    @property
    def continuity(self) -> bool:
        """Whether some pathway keeps a mother with the same supporter."""
        return any(pathway.same_supporter and keeps_supporter(pathway) for pathway in self.pathways.values())

    @property
    def norms_matter(self) -> bool:
        """Whether norms act on starting or stopping."""
        community = self.scenario.community
        return community.norm_effect > 0.0 or community.norm_starting > 1.0

    @property
    def norms(self) -> bool:
        """Whether news or norms could spread: somebody is supported, or the team is present in the community."""
        return bool(self.pathways) or self.has_duty(Task.COMMUNITY)

    @property
    def retention(self) -> bool:
        """Whether supervision retains anybody whose leaving would have an effect."""
        team = self.scenario.team
        supervised = (team.supporters[duty.by] for duty in team.duties.values() if duty.task is Task.SUPERVISION)
        return (self.knowledge or self.continuity) and any(kind.turnover_per_year > 0.0 for kind in supervised)

    # ---- the review

    @property
    def policies(self) -> list[Policy]:
        """Policies that a review may carry out."""
        review = self.scenario.review
        return list(review.policies.values()) if review.active else []

    @property
    def understanding(self) -> bool:
        """Whether some policy depends on the service's understanding of circumstances."""
        return any(policy.when.losing or policy.fitting for policy in self.policies)

    @property
    def monitoring(self) -> bool:
        """Whether analysis of records by quintile matters."""
        by_gap = any(policy.when.reach_gap is not None for policy in self.policies)
        return by_gap or (self.understanding and not self.passed_on.isdisjoint((Item.QUINTILE, Item.POSTCODE)))

    @property
    def retender(self) -> bool:
        """Whether a retender takes place before the run ends."""
        retender, run = self.scenario.review.retender, self.scenario.run
        return retender is None or retender.month * 365 / 12 < run.window_days + run.follow_up_days

    # ---- mothers

    def none_with(self, attribute: str) -> bool:
        """Whether the scenario gives no mother an attribute."""
        population = self.scenario.population
        return population.mothers is None and max(getattr(population.attributes, attribute)) == 0.0
