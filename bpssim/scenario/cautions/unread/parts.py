"""Inputs outside pathways that nothing reads because their reader is off or absent."""

from collections.abc import Callable

from bpssim.scenario.access import Circumstances
from bpssim.scenario.cautions.unread.rule import Place, Rule
from bpssim.scenario.places.place_data import Basis, data_of
from bpssim.scenario.words import Channel, Item, LegalBasis, Profession, Task

Condition = Callable[[Place], bool]

_SWITCH = frozenset({"active"})
_NO_AWARENESS = "no pathway that runs needs her to know of the service (needs_awareness)"
_NOTHING_TO_TELL = f"{_NO_AWARENESS}, and what she learned is not passed on (passes_on: 0)"
_NO_TARGET = "no target group is named (objectives.target), or the style is not by_target"
_SAME_FOR_ALL = "all supporters offer the same to all (ethos: 1)"
_NO_CONTACT = "no pathway that runs has such a contact after the birth"
_NO_CIRCLE = "no pathway that runs has groups or an online contact after the birth"
_NO_DUTY = "the team has no duty with the task"
_NO_POLICY = "no policy of the review"


def _no(use: str) -> Condition:
    """Rule that holds when a scenario does not use something listed in `Uses`."""
    return lambda at: not getattr(at.uses, use)


def _not_asked_for(circumstance: str) -> Condition:
    return lambda at: circumstance not in at.uses.circumstances


def _no_duty(task: Task) -> Condition:
    return lambda at: not at.uses.has_duty(task)


def _nobody_is(attribute: str) -> Condition:
    return lambda at: at.uses.none_with(attribute)


def _no_feed_by(basis: LegalBasis) -> Condition:
    return lambda at: all(feed.basis is not basis for feed in at.scenario.all_feeds().values())


def _not_passed_on(*items: Item) -> Condition:
    return lambda at: at.uses.passed_on.isdisjoint(items)


def _no_referral_by(profession: Profession) -> Condition:
    return lambda at: profession not in at.uses.professions


def _nobody_who(is_paid: bool) -> Condition:
    return lambda at: all(kind.paid is not is_paid for kind in at.uses.supporters)


def _without(*channels: Channel) -> Condition:
    return lambda at: not at.uses.channels_after_birth & set(channels)


def _areas_have_births(at: Place) -> bool:
    data = data_of(at.scenario.population)
    return data is not None and data.basis is not Basis.ASSUMED


def _births_are_assumed(at: Place) -> bool:
    """Whether a place has neighbourhoods of its own, and nothing but the scenario says how many births these have."""
    data = data_of(at.scenario.population)
    return data is not None and data.basis is Basis.ASSUMED


def _preset_passes_nothing_on(at: Place) -> bool:
    return at.scenario.data_sharing.preset in ("none", "own")


def _who_offers_is_no_matter(at: Place) -> bool:
    """Whether neither an offer is trusted more, nor a chance meeting made, by supporters of her own community."""
    community, trust = at.scenario.community, at.uses.has_offers and at.scenario.access.local_trust < 1.0
    return not (trust or (community.active and community.meetings_per_year > 0.0 and at.uses.awareness))


def _nothing_to_tell(at: Place) -> bool:
    return not (at.uses.awareness or at.scenario.community.passes_on)


def _nobody_forgets(at: Place) -> bool:
    return at.scenario.professionals.half_life_days is None


def _settled_knowledge(at: Place) -> bool:
    """Whether no supporter starts with the knowledge given under learning."""
    return all(kind.context_knowledge is not None and not kind.turnover_per_year for kind in at.uses.supporters)


def _channel_unused(at: Place) -> bool:
    return at.keys[0] not in at.uses.channels_after_birth


def _never_followed_so_long(at: Place) -> bool:
    """Whether nobody can stop between the age below and this one within follow-up."""
    shorter = [age for age in at.scenario.feeding.stopped_before_wanted if age < int(at.keys[0])]
    return bool(shorter) and max(shorter) >= at.scenario.run.follow_up_days


def _one_on_duty(at: Place) -> bool:
    team = at.scenario.team
    return team.scale_to_births is None and team.supporters[at.duty.by].count == 1


POPULATION_RULES = (
    Rule("population.due_date_spread", _no("due_date"), "no pathway that runs opens `on: due_date`"),
    Rule("population.stay", _no("hospital"), "nobody meets her in hospital, or hears when she goes home"),
    Rule(
        "population.stay.extra_neonatal",
        _no("discharge"),
        "nobody meets her later than on the ward, or hears when she goes home",
    ),
    Rule("feeding.stopped_before_wanted.*", _never_followed_so_long, "nobody is followed so long (run.follow_up_days)"),
    Rule(
        "population.births_per_year",
        lambda at: at.scenario.population.mothers is not None,
        "a table of mothers is given",
    ),
    Rule("population.neighbourhood_births", _areas_have_births, "the place has its own neighbourhoods and births"),
    Rule(
        "population.neighbourhood_births",
        lambda at: _births_are_assumed(at) and at.scenario.population.births_per_year is not None,
        "the place has its own neighbourhoods, and population.births_per_year says its births",
    ),
    Rule(
        "population.neighbourhood_births",
        lambda at: not (at.scenario.community.active or _births_are_assumed(at)),
        "neighbourhoods matter for news and norms alone (community.active: false)",
    ),
    Rule("population.languages", _nobody_is("other_language"), "every mother's first language is English"),
    Rule(
        "population.other_language_if_minority",
        _nobody_is("other_language"),
        "every mother's first language is English",
    ),
)

DATA_RULES = (
    Rule("data_sharing.basis", _preset_passes_nothing_on, "the preset passes nothing on"),
    Rule("data_sharing.delay", _preset_passes_nothing_on, "the preset passes nothing on"),
    Rule("data_sharing.opt_in_share", _no_feed_by(LegalBasis.OPT_IN), "no feed has the basis opt_in"),
    Rule("data_sharing.opt_out_retained", _no_feed_by(LegalBasis.OPT_OUT), "no feed has the basis opt_out"),
    Rule(
        "data_sharing.wrong_number",
        _no("wrong_numbers"),
        "no feed passes numbers on, or no pathway that runs calls or texts her first",
    ),
    Rule("data_sharing.wrong_flag", _not_passed_on(Item.QUINTILE), "nobody passes a quintile on"),
    Rule(
        "data_sharing.unplaced_postcode",
        _not_passed_on(Item.POSTCODE, Item.ADDRESS),
        "nobody passes a postcode or address on",
    ),
)

ACCESS_RULES = (
    Rule("access", _no("pathways"), "no pathway runs"),
    *(
        Rule(f"access.circumstances.{name}", _not_asked_for(name), "no gate that is asked for depends on it")
        for name in Circumstances.model_fields
    ),
    Rule("access.area_residual", _no("area"), "no gate that is asked for differs by area or circumstances"),
    Rule("access.usual_places", _no("supply"), "no pathway that runs has groups to travel to, of a limited team"),
    Rule("access.help_seeking_days", _no("help_seeking"), "no pathway that runs opens `on: problem`"),
    Rule("access.attempt_correlation", _no("uncertain_attempts"), "no pathway that runs has an attempt that may fail"),
    Rule("access.aware", _no("awareness"), _NO_AWARENESS),
    Rule("access.discovery_per_year", _no("awareness"), _NO_AWARENESS),
    Rule("access.gives_data", _no("asks"), "no pathway that runs asks for anything"),
    Rule("access.tells_of_birth", _no("contact_in_pregnancy"), "no pathway that runs meets mothers in pregnancy"),
    Rule("access.tells_within_days", _no("contact_in_pregnancy"), "no pathway that runs meets mothers in pregnancy"),
    Rule(
        "access.difficulty_current_days",
        _no("difficulty_decides"),
        "nothing depends on a difficulty of which a mother has spoken",
    ),
    Rule("access.handed_on", _no("plans"), "no pathway that runs has several steps away from a session"),
    Rule("access.local_trust", _no("has_offers"), "no pathway that runs offers another"),
    Rule(
        "access.local_trust",
        lambda at: not any(kind.social_distance for kind in at.uses.supporters),
        "all supporters are of the mothers' own community (social_distance: 0)",
    ),
)

TEAM_RULES = (
    Rule("team.duties.*.supporters", _one_on_duty, "there is one supporter of this kind"),
    Rule("team.unlimited", _no("pathways"), "no pathway runs"),
    Rule("team.scale_to_births", _no("supporters"), "the team has nobody (team.supporters)"),
    Rule("team.supporters.*.languages", _nobody_is("limited_english"), "no mother has limited English"),
    Rule("team.supporters.*.ethos", _no("ethos"), "nothing is meant for a target group alone, and none has priority"),
    Rule("team.supporters.*.context_knowledge", _no("knowledge"), "no support depends on it (learning.active: false)"),
    Rule(
        "team.supporters.*.turnover_per_year",
        lambda at: not (at.uses.knowledge or at.uses.continuity),
        "nothing is lost with her: learning is off, and no pathway keeps a mother with one supporter",
    ),
    Rule(
        "team.supporters.*.social_distance",
        _who_offers_is_no_matter,
        "no pathway that runs offers another, and there are no chance meetings",
    ),
    Rule("team.responder_weight", _no("pathways"), "no pathway runs"),
    Rule("team.retained_by_supervision", _no("retention"), "nobody who may leave has a duty of supervision"),
)

LEARNING_RULES = (
    Rule("learning", _no("pathways"), "no pathway runs"),
    Rule(
        "learning",
        lambda at: not at.scenario.learning.active,
        "learning is off (active: false)",
        _SWITCH | {"context_tool", "asks", "influences"},
    ),
    Rule(
        "learning.context_tool",
        lambda at: not (at.uses.shared_knowledge or at.uses.understanding),
        f"learning is off or {_NO_DUTY} supervision, and {_NO_POLICY} depends on what the service understands",
    ),
    Rule("learning.asks", lambda at: not at.scenario.learning.context_tool, "context_tool is off"),
    Rule("learning.at_start", _settled_knowledge, "every supporter has a context_knowledge of her own, and stays"),
    Rule(
        "learning.insight.*", lambda at: at.keys[0] not in at.uses.channels, "no pathway that runs has such a contact"
    ),
    Rule(
        "learning.shared_per_hour",
        lambda at: not (at.uses.shared_knowledge and at.scenario.learning.context_tool),
        f"context_tool is off, or {_NO_DUTY} supervision",
    ),
)

_NO_EARLY_CONTACT = "no contact of the service's own comes in time to prevent problems"
SUPPORT_RULES = (
    Rule("support", _no("pathways"), "no pathway runs"),
    Rule(
        "support",
        lambda at: at.scenario.support.strength == 0.0,
        "support has no effect at all (strength: 0)",
        frozenset({"strength", "late_start_age", "wider_help", "wider_help_minutes"}),
    ),
    Rule("support.resolves.*", _channel_unused, _NO_CONTACT),
    Rule("support.resolved_hazard", _no("resolves"), "no contact that a pathway has resolves problems"),
    Rule("support.prevention", _no("prevents"), _NO_EARLY_CONTACT),
    Rule("support.preventive_channels", _no("early_channels"), "no contact of the service's own comes early enough"),
    Rule("support.preventive_channels", lambda at: at.scenario.support.prevention == 1.0, "prevention is 1"),
    Rule("support.ward_resolving", _without(Channel.WARD), "no pathway that runs has contacts on the ward"),
    Rule("support.prepared_half_life_weeks", _no("prevents"), _NO_EARLY_CONTACT),
    Rule("support.prepared_until", _no("prevents"), _NO_EARLY_CONTACT),
    Rule("support.starting_channels", _no("channels_before_birth"), "no pathway that runs has contacts in pregnancy"),
    Rule("support.starting_channels", lambda at: at.scenario.support.starting == 1.0, "starting is 1"),
    Rule("support.starting", _no("prompts"), "no pathway that runs has such contacts in pregnancy"),
    Rule("support.encouragement", _no("doses"), "no contact of the service's own comes early enough to encourage"),
    Rule(
        "support.encouragement_dose.*",
        lambda at: at.keys[0] not in at.uses.early_channels,
        "no such contact of the service's own comes early enough to encourage",
    ),
    Rule("support.encouragement_dose", lambda at: not at.scenario.support.encouragement, "encouragement is 0"),
    Rule("support.half_life_weeks", _no("encourages"), "no contact of the service's own encourages"),
    Rule("support.no_common_language", _nobody_is("limited_english"), "no mother has limited English"),
    Rule("support.wider_help", _without(Channel.HOME_VISIT), "no pathway that runs has home visits after the birth"),
    Rule("support.wider_help_minutes", lambda at: not at.scenario.support.wider_help, "wider_help is 0"),
    Rule("support.wider_help_minutes", _without(Channel.HOME_VISIT), "no pathway that runs has home visits"),
    Rule("support.network_hazard", _without(Channel.GROUP, Channel.ONLINE), _NO_CIRCLE),
    Rule("support.network_age", _without(Channel.GROUP, Channel.ONLINE), _NO_CIRCLE),
    Rule("support.network_age", lambda at: at.scenario.support.network_hazard == 1.0, "network_hazard is 1"),
)

_NO_REFERRAL = "no pathway that runs depends on their awareness"
PROFESSIONAL_RULES = (
    *(Rule(f"professionals.{profession.word}", _no_referral_by(profession), _NO_REFERRAL) for profession in Profession),
    Rule("professionals.signposts", _no("awareness"), _NO_AWARENESS),
    Rule("professionals.half_life_days", _no("professions"), _NO_REFERRAL),
    Rule(
        "professionals.half_life_days",
        _no("forgetting"),
        f"their awareness is at its unprompted level, and {_NO_DUTY} professionals",
    ),
    Rule("professionals.unprompted", _no("professions"), _NO_REFERRAL),
    Rule("professionals.unprompted", _nobody_forgets, "awareness does not fade (half_life_days)"),
    Rule("professionals.gain_per_hour", _no("professions"), _NO_REFERRAL),
    Rule("professionals.gain_per_hour", _no_duty(Task.PROFESSIONALS), f"{_NO_DUTY} professionals"),
)

COMMUNITY_RULES = (
    Rule("community", _no("norms"), f"no pathway runs, and {_NO_DUTY} community"),
    Rule("community", lambda at: not at.scenario.community.active, "community is off (active: false)", _SWITCH),
    Rule("community.ties", _nothing_to_tell, _NOTHING_TO_TELL),
    Rule("community.ties", lambda at: not at.scenario.community.tells, "nobody tells (tells: 0)"),
    Rule("community.tells", _nothing_to_tell, _NOTHING_TO_TELL),
    Rule("community.tells", lambda at: not at.scenario.community.ties, "there is nobody to tell (ties: 0)"),
    Rule("community.passes_on", lambda at: not at.scenario.community.tells, "nobody tells (tells: 0)"),
    Rule("community.passes_on", lambda at: not at.scenario.community.ties, "there is nobody to tell (ties: 0)"),
    Rule("community.passes_on", lambda at: at.scenario.support.prevention == 1.0, "an early contact prevents nothing"),
    Rule("community.meetings_per_year", _no("awareness"), _NO_AWARENESS),
    Rule("community.visibility", _no("pathways"), "no pathway runs, so nobody is seen to be supported"),
    Rule("community.presence", _no_duty(Task.COMMUNITY), f"{_NO_DUTY} community"),
    *(
        Rule(f"community.{name}", lambda at: not at.uses.norms_matter, "norm_effect is 0, and norm_starting 1")
        for name in ("presence", "visibility", "half_life_years")
    ),
)

REVIEW_RULES = (
    Rule("review", lambda at: not at.scenario.review.active, "the review is off (active: false)", _SWITCH),
    Rule("review.count_weight", _no("pathways"), "no pathway runs"),
    Rule("review.count_weight", lambda at: not at.scenario.review.counts, "nothing is counted (counts)"),
    Rule("review.monitoring", _no("monitoring"), f"{_NO_POLICY} looks at a reach_gap, or depends on understanding"),
    Rule(
        "review.evaluation",
        lambda at: not any(p.opens or p.fitting for p in at.uses.policies),
        f"{_NO_POLICY} opens a pathway",
    ),
    Rule("review.manager_ethos", lambda at: not any(p.targeted for p in at.uses.policies), f"{_NO_POLICY} is targeted"),
    Rule(
        "review.notices",
        lambda at: not any(p.when.losing for p in at.uses.policies),
        f"{_NO_POLICY} looks at whom the service is losing",
    ),
    Rule("review.target_check", _no("understanding"), f"{_NO_POLICY} depends on what the service understands"),
    Rule("review.target_check", lambda at: not at.scenario.learning.context_tool, "learning.context_tool is off"),
    Rule("review.monitoring_shows", _no("understanding"), f"{_NO_POLICY} depends on what the service understands"),
    Rule("review.monitoring_shows", lambda at: not at.scenario.review.monitoring, "monitoring is off"),
    Rule("review.policies.*.when.for_reviews", lambda at: at.policy.when.below is None, "below names no count"),
    Rule("review.policies.*.when.lost_share", lambda at: at.policy.when.losing is None, "losing names nobody"),
    Rule("review.policies.*.when.cases", lambda at: at.policy.when.losing is None, "losing names nobody"),
    Rule("review.policies.*.target_weight", _no("target_is_named"), _NO_TARGET),
    Rule("review.policies.*.target_weight", _no("follows_target"), _SAME_FOR_ALL),
    Rule("review.agreement", _no_duty(Task.AGREEMENT), f"{_NO_DUTY} agreement, so nobody talks"),
    Rule("review.retender", _no("retender"), "it comes after the last day of the run"),
)

OTHER_RULES = (
    Rule("objectives.style", _no("pathways"), "no pathway runs"),
    Rule("objectives.need_weight", _no("pathways"), "no pathway runs"),
    Rule(
        "objectives.need_weight", _no("gives_more_by_need"), "the style is not by_need, or nobody asks of difficulties"
    ),
    Rule("objectives.target_weight", _no("pathways"), "no pathway runs"),
    Rule("objectives.target_weight", _no("target_is_named"), _NO_TARGET),
    Rule("objectives.target_weight", _no("follows_target"), _SAME_FOR_ALL),
    Rule("costs.paid_hour", _nobody_who(is_paid=True), "nobody is paid"),
    Rule("costs.overhead_share", _nobody_who(is_paid=True), "nobody is paid"),
    Rule("costs.volunteer_hour", _nobody_who(is_paid=False), "nobody is a volunteer"),
    Rule("costs.travel_hour", _no("travels"), "no pathway that runs has journeys"),
)

PART_RULES = (
    *POPULATION_RULES,
    *DATA_RULES,
    *ACCESS_RULES,
    *TEAM_RULES,
    *LEARNING_RULES,
    *SUPPORT_RULES,
    *PROFESSIONAL_RULES,
    *COMMUNITY_RULES,
    *REVIEW_RULES,
    *OTHER_RULES,
)
